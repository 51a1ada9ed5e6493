import { Button, Group, NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { BarcodeAnswer, PurchaseOrderHead } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { toastRefused } from '../../ui/toasts';
import { NewOrderDialog } from './new-order-dialog';
import { ORDER_STATUSES, OrderStatusBadge, SupplierName } from './order-texts';
import { ProcurementTabs } from './procurement-tabs';
import { receivableOrders, useOrders } from './procurement-queries';

const route = getRouteApi('/purchasing');
const RECEIVABLE = 'receivable';

/** Orders to suppliers. A pack scanned here leads to the order it is waited for in. */
export function OrdersScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isNew, setNew] = useState(false);
  const status = ORDER_STATUSES.find((one) => one === search.status);
  const isReceivable = search.status === RECEIVABLE;
  const list = useOrders({
    q: search.q,
    status,
    receivable: isReceivable ? true : undefined,
    drugId: search.drugId,
    page: search.page ?? 1,
    limit: 20,
  });
  const columns = useColumns();
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, ...change, page: undefined }), replace: true });

  async function find(code: string): Promise<void> {
    try {
      const { drug } = await api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`);
      const { data } = await receivableOrders(drug.drugId);
      const [only, ...others] = data;
      beep(only ? 'ok' : 'refused');
      if (!only) return toastRefused(t('procurement.waitedForNowhere'), drug.name);
      if (others.length > 0) return narrow({ status: RECEIVABLE, drugId: drug.drugId, q: undefined });
      await navigate({
        to: '/purchasing/$orderId/receive',
        params: { orderId: String(only.purchaseOrderId) },
        search: { scan: code },
      });
    } catch (error) {
      beep('refused');
      toastRefused(t('procurement.notFound'), asProblem(error));
    }
  }
  useScan((code) => void find(code));

  return (
    <>
      <ListScreen
        title={t('procurement.orders')}
        hint={t('procurement.ordersHint')}
        above={<ProcurementTabs />}
        actions={
          <Group gap="sm" justify="flex-end">
            <KeyButton
              combo="F6"
              variant="default"
              label={t('procurement.toReceive')}
              onPress={() => narrow({ status: RECEIVABLE, drugId: undefined })}
            />
            {can('WriteProcurement') && (
              <>
                <Button variant="default" component={Link} to="/inventory/replenishment">
                  {t('procurement.fromSuggestions')}
                </Button>
                <KeyButton combo="F9" label={t('procurement.newOrder')} onPress={() => setNew(true)} />
              </>
            )}
          </Group>
        }
        search={{
          value: search.q,
          label: t('procurement.findOrder'),
          placeholder: t('procurement.findOrder'),
          focusLabel: t('procurement.findOrder'),
          onSearch: (q) => narrow({ q }),
        }}
        filters={
          <NativeSelect
            aria-label={t('stock.status')}
            size="md"
            value={search.status ?? ''}
            onChange={(event) =>
              narrow({
                status: event.currentTarget.value === '' ? undefined : event.currentTarget.value,
                drugId: undefined,
              })
            }
            data={[
              { value: '', label: t('stock.anyStatus') },
              { value: RECEIVABLE, label: t('procurement.toReceive') },
              ...ORDER_STATUSES.map((value) => ({ value, label: t(`procurement.status.${value}`) })),
            ]}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.purchaseOrderId}
        empty={{ title: t('procurement.noOrder'), hint: t('procurement.noOrderHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <NewOrderDialog opened={isNew} onClose={() => setNew(false)} />
    </>
  );
}

function useColumns(): Column<PurchaseOrderHead>[] {
  const { t } = useTranslation();
  const { can } = useSession();
  const mayReceive = can('WriteInventory') && can('WriteProcurement');
  return [
    {
      id: 'number',
      header: t('procurement.order'),
      cell: (row) => (
        <Link
          to="/purchasing/$orderId"
          params={{ orderId: String(row.purchaseOrderId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.orderNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'supplier', header: t('procurement.supplier'), cell: (row) => <SupplierName of={row} /> },
    { id: 'status', header: t('stock.status'), cell: (row) => <OrderStatusBadge order={row} /> },
    {
      id: 'received',
      header: t('procurement.received'),
      numeric: true,
      cell: (row) => <Ltr>{row.receivedPercent}%</Ltr>,
    },
    { id: 'lines', header: t('procurement.lines'), numeric: true, cell: (row) => <Ltr>{row.lineCount}</Ltr> },
    {
      id: 'total',
      header: t('procurement.total'),
      numeric: true,
      cell: (row) => <MoneyText value={row.total} />,
    },
    {
      id: 'expected',
      header: t('procurement.expected'),
      cell: (row) => <DateText value={row.expectedOn} />,
    },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.createdBy}</bdi> },
    {
      id: 'receive',
      header: t('procurement.receive'),
      hideHeader: true,
      cell: (row) =>
        mayReceive &&
        row.commands.includes('receive') && (
          <Link
            to="/purchasing/$orderId/receive"
            params={{ orderId: String(row.purchaseOrderId) }}
            aria-label={t('procurement.receiveOf', { no: row.orderNumber })}
          >
            {t('procurement.receive')}
          </Link>
        ),
    },
  ];
}
