import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReturnDeadlines, SupplierReturnRow } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { LotStatusBadge } from '../inventory/lot-badges';
import { SupplierPicker } from '../shared/supplier-picker';
import { useSupplier } from '../supplier-invoices/invoice-queries';
import { useDeadlines, useReturns } from './return-queries';
import { DaysLeft, RETURN_STATUSES, ReturnStatusBadge } from './return-texts';

const route = getRouteApi('/inventory/returns');
const VIEWS = ['deadlines', ...RETURN_STATUSES, 'all'] as const;
const PAGE_SIZE = 20;

/** What suppliers take back and until when, and the returns that were made. */
export function ReturnsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = VIEWS.find((one) => one === search.view) ?? 'deadlines';
  const isCalendar = view === 'deadlines';
  const supplier = useSupplier(search.supplierId);
  const query = { supplierId: search.supplierId, page: search.page ?? 1, limit: PAGE_SIZE };
  const deadlines = useDeadlines(query, isCalendar);
  const status = RETURN_STATUSES.find((one) => one === view);
  const list = useReturns({ ...query, status }, !isCalendar);
  const deadlineColumns = useDeadlineColumns();
  const columns = useColumns();
  const frame = {
    title: t('returns.title'),
    hint: isCalendar ? t('returns.calendarHint') : undefined,
    actions: can('WriteProcurement') && (
      <KeyButton
        combo="F9"
        label={t('returns.new')}
        onPress={() =>
          void navigate({ to: '/inventory/returns/new', search: { supplierId: search.supplierId } })
        }
      />
    ),
    filters: (
      <>
        <NativeSelect
          label={t('transfers.show')}
          value={view}
          autoFocus
          onChange={(event) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                view: VIEWS.find((one) => one === event.currentTarget.value),
                page: undefined,
              }),
              replace: true,
            })
          }
          data={VIEWS.map((value) => ({ value, label: t(`returns.view.${value}`) }))}
        />
        <SupplierPicker
          label={t('invoices.supplier')}
          value={search.supplierId === undefined ? null : (supplier.data ?? null)}
          onChange={(chosen) =>
            void navigate({
              search: (previous) => ({ ...previous, supplierId: chosen?.supplierId, page: undefined }),
              replace: true,
            })
          }
        />
      </>
    ),
    onPage: (page: number) => void navigate({ search: (previous) => ({ ...previous, page }) }),
  };
  if (isCalendar)
    return (
      <ListScreen
        {...frame}
        result={deadlines}
        columns={deadlineColumns}
        rowKey={(row) => row.lotId}
        empty={{ title: t('returns.noDeadlines'), hint: t('returns.noDeadlinesHint') }}
      />
    );
  return (
    <ListScreen
      {...frame}
      result={list}
      columns={columns}
      rowKey={(row) => row.supplierReturnId}
      empty={{ title: t('returns.empty'), hint: t('returns.emptyHint') }}
    />
  );
}

type Deadline = ReturnDeadlines['data'][number];

function useDeadlineColumns(): Column<Deadline>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <Link
          to="/inventory/returns/new"
          search={{ supplierId: row.supplierId }}
          className={rowLinkClass}
          data-row-link
        >
          <MixedText text={row.drugName} />
        </Link>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'supplier', header: t('invoices.supplier'), cell: (row) => <bdi>{row.supplierName}</bdi> },
    { id: 'until', header: t('returns.until'), cell: (row) => <DateText value={row.deadline} /> },
    {
      id: 'left',
      header: t('returns.left'),
      cell: (row) =>
        row.isOpen ? (
          <DaysLeft days={row.daysLeft} />
        ) : (
          <StatusBadge tone="neutral">
            {t('returns.opensOn')} <DateText value={row.opensOn} />
          </StatusBadge>
        ),
    },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    { id: 'status', header: t('stock.status'), cell: (row) => <LotStatusText status={row.lotStatus} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'value',
      header: t('counts.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
  ];
}

const LOT_STATUSES = ['available', 'quarantined', 'on_hold', 'recalled', 'expired'] as const;

export function LotStatusText({ status }: { status: string }) {
  const known = LOT_STATUSES.find((one) => one === status);
  return known === undefined ? <span>{status}</span> : <LotStatusBadge status={known} />;
}

function useColumns(): Column<SupplierReturnRow>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'number',
      header: t('returns.number'),
      cell: (row) => (
        <Link
          to="/inventory/returns/$returnId"
          params={{ returnId: String(row.supplierReturnId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.returnNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'supplier', header: t('invoices.supplier'), cell: (row) => <bdi>{row.supplierName}</bdi> },
    { id: 'lines', header: t('stockReports.lots'), numeric: true, cell: (row) => <Ltr>{row.lineCount}</Ltr> },
    {
      id: 'expected',
      header: t('returns.expected'),
      numeric: true,
      cell: (row) => <MoneyText value={row.creditExpected} />,
    },
    {
      id: 'came',
      header: t('returns.came'),
      numeric: true,
      cell: (row) => <MoneyText value={row.creditReceived} />,
    },
    { id: 'shipped', header: t('returns.shippedAt'), cell: (row) => <DateTimeText value={row.shippedAt} /> },
    { id: 'status', header: t('stock.status'), cell: (row) => <ReturnStatusBadge status={row.status} /> },
  ];
}
