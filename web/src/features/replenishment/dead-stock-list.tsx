import { NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DeadStockRow } from '../../api/types';
import { useSession } from '../../session/session';
import type { Column } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { MixedText } from '../../ui/mixed-text';
import { CountText, MoneyText } from '../../ui/money-text';
import { Page } from '../../ui/page';
import { EmptyView } from '../../ui/states';
import { QuantityIn } from '../shared/unit-text';
import { ReportFrame } from '../stock-reports/report-frame';
import { useDeadStock } from './replenishment-queries';
import { ReplenishmentTabs } from './replenishment-tabs';

const route = getRouteApi('/inventory/replenishment');
const DAYS = ['90', '180', '365'] as const;
const PAGE_SIZE = 20;

/** What lies in stock and does not go, the most valuable first. */
export function DeadStockList() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <Page title={t('replenishment.title')} hint={t('replenishment.deadHint')}>
      <ReplenishmentTabs />
      {can('ReadReports') ? <Report /> : <EmptyView title={t('replenishment.noRight')} />}
    </Page>
  );
}

function Report() {
  const { t, i18n } = useTranslation();
  const { page, by } = route.useSearch();
  const navigate = route.useNavigate();
  const days = DAYS.find((one) => one === by) ?? '180';
  const report = useDeadStock({ days, page: page ?? 1, limit: PAGE_SIZE });
  const columns: Column<DeadStockRow>[] = [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <MixedText text={i18n.language === 'ar' ? (row.drugNameAr ?? row.drugName) : row.drugName} />
      ),
    },
    {
      id: 'days',
      header: t('replenishment.still'),
      numeric: true,
      cell: (row) => <CountText value={row.days} />,
    },
    {
      id: 'lastOut',
      header: t('replenishment.lastOut'),
      cell: (row) => (row.lastOutOn === null ? t('replenishment.never') : <DateText value={row.lastOutOn} />),
    },
    { id: 'since', header: t('replenishment.since'), cell: (row) => <DateText value={row.inStockSince} /> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.firstExpiry} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'value',
      header: t('replenishment.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
  ];
  return (
    <ReportFrame
      label={t('replenishment.view.dead')}
      path="/reports/dead-stock"
      query={{ days }}
      result={report}
      columns={columns}
      rowKey={(row) => row.drugId}
      onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
      sums={report.data ? [{ label: t('replenishment.totalValue'), value: report.data.totalValue }] : []}
      filters={
        <NativeSelect
          label={t('replenishment.stillFor')}
          value={days}
          autoFocus
          onChange={(event) =>
            void navigate({
              search: (previous) => ({ ...previous, by: event.currentTarget.value, page: undefined }),
              replace: true,
            })
          }
          data={DAYS.map((value) => ({ value, label: t('replenishment.days', { count: Number(value) }) }))}
        />
      }
    />
  );
}
