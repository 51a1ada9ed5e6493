import { getRouteApi, Link } from '@tanstack/react-router';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GoodsReceiptHead } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { SupplierName } from './order-texts';
import { ProcurementTabs } from './procurement-tabs';
import { useReceipts } from './procurement-queries';

const route = getRouteApi('/purchasing/receipts');

/** Deliveries taken in, with an order or without one. */
export function ReceiptsScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useReceipts({ from: search.from, to: search.to, page: search.page ?? 1, limit: 20 });
  const day = (which: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`procurement.day.${which}`)}
      autoFocus={which === 'from'}
      value={search[which] ?? ''}
      onChange={(event) => {
        const value = event.currentTarget.value || undefined;
        void navigate({
          search: (previous) => ({ ...previous, [which]: value, page: undefined }),
          replace: true,
        });
      }}
    />
  );
  const columns: Column<GoodsReceiptHead>[] = [
    {
      id: 'no',
      header: t('procurement.receipt'),
      cell: (row) => (
        <Link
          to="/purchasing/receipts/$receiptId"
          params={{ receiptId: String(row.goodsReceiptId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.goodsReceiptId}</Ltr>
        </Link>
      ),
    },
    { id: 'supplier', header: t('procurement.supplier'), cell: (row) => <SupplierName of={row} /> },
    {
      id: 'order',
      header: t('procurement.order'),
      cell: (row) =>
        row.purchaseOrderId === null ? (
          t('procurement.noOrderOf')
        ) : (
          <Link to="/purchasing/$orderId" params={{ orderId: String(row.purchaseOrderId) }}>
            <Ltr>{row.orderNumber}</Ltr>
          </Link>
        ),
    },
    {
      id: 'document',
      header: t('procurement.supplierDocument'),
      cell: (row) => <bdi>{row.supplierDocument ?? t('common.none')}</bdi>,
    },
    { id: 'lines', header: t('procurement.lots'), numeric: true, cell: (row) => <Ltr>{row.lineCount}</Ltr> },
    {
      id: 'value',
      header: t('procurement.value'),
      numeric: true,
      cell: (row) => <MoneyText value={row.value} />,
    },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.receivedBy}</bdi> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.receivedAt} /> },
  ];
  return (
    <ListScreen
      title={t('procurement.receipts')}
      above={<ProcurementTabs />}
      filters={
        <>
          {day('from')}
          {day('to')}
        </>
      }
      result={list}
      columns={columns}
      rowKey={(row) => row.goodsReceiptId}
      empty={{ title: t('procurement.noReceipt'), hint: t('procurement.noReceiptHint') }}
      onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
    />
  );
}
