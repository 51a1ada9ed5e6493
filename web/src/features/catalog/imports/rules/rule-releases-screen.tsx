import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RuleReleaseRow } from '../../../../api/types';
import { useSession } from '../../../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../../../ui/data-table';
import { DateTimeText } from '../../../../ui/date-text';
import { KeyButton } from '../../../../ui/hotkeys/key-button';
import { CountText } from '../../../../ui/money-text';
import { Card, Page } from '../../../../ui/page';
import { Pager } from '../../../../ui/pager';
import { moveThroughRows } from '../../../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../../../ui/states';
import { CatalogTabs } from '../../admin/catalog-tabs';
import { ReleaseStatusBadge } from '../release-status';
import { useRuleReleases } from './rule-queries';

const route = getRouteApi('/catalog/rules');
const PAGE_SIZE = 20;

/** Every file of clinical rules that was imported: whose, what it changed, whether it can be taken back. */
export function RuleReleasesScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page } = route.useSearch();
  const navigate = route.useNavigate();
  const releases = useRuleReleases({ page: page ?? 1, limit: PAGE_SIZE });
  if (!can('ManageClinicalRules')) return <EmptyView title={t('errors.forbidden')} />;
  return (
    <Page
      title={t('ruleFiles.title')}
      actions={
        <KeyButton
          combo="F9"
          label={t('ruleFiles.newTitle')}
          onPress={() => void navigate({ to: '/catalog/rules/new' })}
        />
      }
    >
      <CatalogTabs />
      <Card flush>
        {releases.isError ? (
          <ErrorView error={releases.error} retry={() => void releases.refetch()} />
        ) : !releases.data ? (
          <LoadingRows />
        ) : releases.data.data.length === 0 ? (
          <EmptyView title={t('ruleFiles.empty')} hint={t('imports.emptyHint')} />
        ) : (
          <div onKeyDown={moveThroughRows}>
            <ReleaseTable rows={releases.data.data} />
            <Pager meta={releases.data.meta} onPage={(next) => void navigate({ search: { page: next } })} />
          </div>
        )}
      </Card>
    </Page>
  );
}

function ReleaseTable({ rows }: { rows: readonly RuleReleaseRow[] }) {
  const { t } = useTranslation();
  const count = (
    id: string,
    header: string,
    of: (row: RuleReleaseRow) => number,
  ): Column<RuleReleaseRow> => ({
    id,
    header,
    numeric: true,
    cell: (row) => <CountText value={of(row)} />,
  });
  const columns: Column<RuleReleaseRow>[] = [
    {
      id: 'source',
      header: t('imports.source'),
      cell: (row) => (
        <Link
          to="/catalog/rules/$importId"
          params={{ importId: String(row.releaseId) }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{row.title ?? row.source}</bdi>
        </Link>
      ),
    },
    { id: 'kind', header: t('ruleFiles.kindOfRules'), cell: (row) => t(`ruleFiles.kind.${row.ruleKind}`) },
    { id: 'status', header: t('catalog.status'), cell: (row) => <ReleaseStatusBadge status={row.status} /> },
    { id: 'when', header: t('imports.when'), cell: (row) => <DateTimeText value={row.createdAt} /> },
    count('read', t('imports.rowsRead'), (row) => row.rowsRead),
    count('new', t('ruleFiles.change.new'), (row) => row.rowsInserted),
    count('changed', t('ruleFiles.change.changed'), (row) => row.rowsUpdated),
    count('closed', t('ruleFiles.change.closed'), (row) => row.rowsDiscontinued),
    count('rejected', t('imports.rejected'), (row) => row.rowsRejected),
  ];
  return (
    <DataTable label={t('ruleFiles.title')} columns={columns} rows={rows} rowKey={(row) => row.releaseId} />
  );
}
