import { Button, Group, NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/client';
import type { SupplierInvoiceRow } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateText, daysBetween, todayLocal } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { SupplierPicker } from '../shared/supplier-picker';
import { useInvoices, useSupplier } from './invoice-queries';
import { InvoiceStatusBadge } from './invoice-texts';

const route = getRouteApi('/inventory/invoices');

/** What one looks for, and how the server is asked for it. */
const VIEWS = {
  open: { open: true, sort: 'attention' },
  differing: { status: 'differing', sort: 'attention' },
  disputed: { status: 'disputed', sort: 'attention' },
  toApprove: { status: 'matched', sort: 'attention' },
  toPay: { status: 'approved', open: true, sort: 'attention' },
  credits: { kind: 'credit_note' },
  all: {},
} as const satisfies Record<string, Query>;
type View = keyof typeof VIEWS;
const VIEW_IDS = Object.keys(VIEWS) as View[];

/** Invoices and credit notes of suppliers: what differs first, then what is due. */
export function InvoicesScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = VIEW_IDS.find((one) => one === search.view) ?? 'open';
  const supplier = useSupplier(search.supplierId);
  const query = { ...VIEWS[view], supplierId: search.supplierId, page: search.page ?? 1, limit: 20 };
  const list = useInvoices(query);
  const columns = useColumns();
  return (
    <ListScreen
      title={t('invoices.title')}
      actions={
        <Group gap="sm">
          {can('ReadReports') && (
            <Button variant="default" component={Link} to="/inventory/payables">
              {t('payables.title')}
            </Button>
          )}
          {can('WriteProcurement') && (
            <KeyButton
              combo="F9"
              label={t('invoices.new')}
              onPress={() =>
                void navigate({ to: '/inventory/invoices/new', search: { supplierId: search.supplierId } })
              }
            />
          )}
        </Group>
      }
      filters={
        <>
          <NativeSelect
            label={t('transfers.show')}
            value={view}
            autoFocus
            onChange={(event) =>
              void navigate({
                search: (previous) => ({
                  ...previous,
                  view: VIEW_IDS.find((one) => one === event.currentTarget.value),
                  page: undefined,
                }),
                replace: true,
              })
            }
            data={VIEW_IDS.map((value) => ({ value, label: t(`invoices.view.${value}`) }))}
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
      }
      result={list}
      columns={columns}
      rowKey={(row) => row.supplierInvoiceId}
      empty={{ title: t('invoices.empty'), hint: t('invoices.emptyHint') }}
      onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
    />
  );
}

function useColumns(): Column<SupplierInvoiceRow>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'number',
      header: t('invoices.number'),
      cell: (row) => (
        <Link
          to="/inventory/invoices/$invoiceId"
          params={{ invoiceId: String(row.supplierInvoiceId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.number}</Ltr>
        </Link>
      ),
    },
    { id: 'supplier', header: t('invoices.supplier'), cell: (row) => <bdi>{row.supplierName}</bdi> },
    { id: 'kind', header: t('invoices.kindOf'), cell: (row) => t(`invoices.kind.${row.kind}`) },
    { id: 'order', header: t('invoices.order'), cell: (row) => <Ltr>{row.orderNumber ?? ''}</Ltr> },
    { id: 'date', header: t('invoices.date'), cell: (row) => <DateText value={row.invoiceDate} /> },
    { id: 'due', header: t('invoices.due'), cell: (row) => <DueText invoice={row} /> },
    {
      id: 'total',
      header: t('invoices.total'),
      numeric: true,
      cell: (row) => <MoneyText value={row.total} />,
    },
    { id: 'open', header: t('invoices.open'), numeric: true, cell: (row) => <MoneyText value={row.open} /> },
    {
      id: 'status',
      header: t('stock.status'),
      cell: (row) => <InvoiceStatusBadge status={row.status} />,
    },
  ];
}

/** The day an invoice is due; where it is past and something is open, by how many days. */
function DueText({ invoice }: { invoice: SupplierInvoiceRow }) {
  const { t } = useTranslation();
  const late = daysBetween(invoice.dueDate, todayLocal());
  const isLate =
    late > 0 && invoice.kind === 'invoice' && invoice.status === 'approved' && /[1-9]/.test(invoice.open);
  return (
    <Group gap={8} wrap="nowrap">
      <DateText value={invoice.dueDate} />
      {isLate && <StatusBadge tone="stop">{t('invoices.late', { count: late })}</StatusBadge>}
    </Group>
  );
}
