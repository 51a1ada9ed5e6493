import { Button, Group } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockCount } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { StatusFilter } from '../shared/status-filter';
import { useStockCounts } from './count-queries';
import { CountStatusBadge, DifferenceCell, useScopeText } from './count-texts';
import { NewCountDialog } from './new-count-dialog';

const route = getRouteApi('/inventory/counts');
const STATUSES = ['counting', 'submitted', 'approved', 'cancelled'] as const;

/** Counts of stock with where they stand. */
export function CountsScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isNewOpen, setIsNewOpen] = useState(false);
  const status = STATUSES.find((one) => one === search.status);
  const list = useStockCounts({ status, page: search.page ?? 1, limit: 20 });
  const columns = useColumns();
  return (
    <>
      <ListScreen
        title={t('counts.title')}
        hint={t('counts.hint')}
        actions={
          <Group gap="sm">
            <Button variant="default" component={Link} to="/inventory/count-plan">
              {t('countPlan.title')}
            </Button>
            <KeyButton combo="F9" label={t('counts.new')} onPress={() => setIsNewOpen(true)} />
          </Group>
        }
        filters={
          <StatusFilter
            value={status}
            options={STATUSES.map((value) => ({ value, label: t(`counts.status.${value}`) }))}
            onChange={(wanted) => void navigate({ search: { status: wanted }, replace: true })}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.countId}
        empty={{ title: t('counts.empty'), hint: t('counts.emptyHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <NewCountDialog opened={isNewOpen} onClose={() => setIsNewOpen(false)} />
    </>
  );
}

function useColumns(): Column<StockCount>[] {
  const { t } = useTranslation();
  const scopeText = useScopeText();
  return [
    {
      id: 'what',
      header: t('counts.what'),
      cell: (row) => (
        <Link
          to="/inventory/counts/$countId"
          params={{ countId: String(row.countId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.countId}</Ltr> · <bdi>{scopeText(row)}</bdi>
        </Link>
      ),
    },
    { id: 'status', header: t('stock.status'), cell: (row) => <CountStatusBadge status={row.status} /> },
    {
      id: 'counted',
      header: t('counts.progress'),
      numeric: true,
      cell: (row) => <Ltr>{`${row.counted} / ${row.lines}`}</Ltr>,
    },
    { id: 'again', header: t('counts.again'), numeric: true, cell: (row) => <Ltr>{row.toRecount}</Ltr> },
    { id: 'differences', header: t('counts.differences'), cell: (row) => <DifferenceCell count={row} /> },
    { id: 'by', header: t('counts.startedBy'), cell: (row) => <bdi>{row.startedBy}</bdi> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.startedAt} /> },
    { id: 'note', header: t('counts.note'), cell: (row) => <bdi>{row.closeNote ?? row.note ?? ''}</bdi> },
  ];
}
