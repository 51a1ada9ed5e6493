import { Group } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecallHead } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { MixedText } from '../../ui/mixed-text';
import { StatusBadge } from '../../ui/status-badge';
import { QuantityIn } from '../shared/unit-text';
import { StatusFilter } from '../shared/status-filter';
import { NewRecallDialog } from './new-recall-dialog';
import { useRecalls } from './recall-queries';
import { RecallClassBadge, RecalledLot, RecallStatusBadge } from './recall-texts';

const route = getRouteApi('/inventory/recalls');
const STATUSES = ['open', 'closed', 'withdrawn'] as const;

/** What is called back. */
export function RecallsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isNewOpen, setIsNewOpen] = useState(false);
  const status = STATUSES.find((one) => one === search.status);
  const list = useRecalls({ status, page: search.page ?? 1, limit: 20 });
  const columns = useColumns();
  return (
    <>
      <ListScreen
        title={t('recall.title')}
        actions={
          can('ManageRecalls') && (
            <KeyButton combo="F9" label={t('recall.new')} onPress={() => setIsNewOpen(true)} />
          )
        }
        filters={
          <StatusFilter
            value={status}
            options={STATUSES.map((value) => ({ value, label: t(`recall.status.${value}`) }))}
            onChange={(wanted) => void navigate({ search: { status: wanted }, replace: true })}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.recallId}
        empty={{ title: t('recall.empty'), hint: t('recall.emptyHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <NewRecallDialog opened={isNewOpen} onClose={() => setIsNewOpen(false)} />
    </>
  );
}

function useColumns(): Column<RecallHead>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <Link
          to="/inventory/recalls/$recallId"
          params={{ recallId: String(row.recallId) }}
          className={rowLinkClass}
          data-row-link
        >
          <MixedText text={row.drugName} />
        </Link>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <RecalledLot recall={row} /> },
    { id: 'class', header: t('recall.classOf'), cell: (row) => <RecallClassBadge value={row.recallClass} /> },
    {
      id: 'status',
      header: t('stock.status'),
      cell: (row) => (
        <Group gap={6}>
          <RecallStatusBadge status={row.status} />
          {!row.isApplied && row.status === 'open' && (
            <StatusBadge tone="warn">{t('recall.notApplied')}</StatusBadge>
          )}
        </Group>
      ),
    },
    {
      id: 'shelf',
      header: t('recall.onShelf'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.onShelf} unit={row.baseUnit} />,
    },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.openedBy}</bdi> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.openedAt} /> },
  ];
}
