import { Group, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OrderLine, PurchaseOrder } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { MoneyText, QuantityText, UnitCostText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { OrderActions } from './order-actions';
import { OrderEditor } from './order-editor';
import { OrderEvents } from './order-events';
import { InOrderUnit, OrderHint } from './order-texts';
import { OrderTotals } from './order-totals';
import { percentOf } from './order-figures.domain';
import { useOrder, useReceipts } from './procurement-queries';

const route = getRouteApi('/purchasing/$orderId');

/** One order: a draft is written here; afterwards it is read, approved, received, ended. */
export function OrderScreen() {
  const orderId = Number.parseInt(route.useParams().orderId, 10);
  const order = useOrder(orderId);
  const { can } = useSession();
  if (order.isPending) return <LoadingRows />;
  if (order.isError) return <ErrorView error={order.error} retry={() => void order.refetch()} />;
  if (order.data.status === 'draft' && can('WriteProcurement'))
    return <OrderEditor key={orderId} order={order.data} />;
  return <OneOrder key={orderId} order={order.data} />;
}

function OneOrder({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const mayReceive = order.commands.includes('receive') && can('WriteInventory') && can('WriteProcurement');
  return (
    <Page
      title={t('procurement.titleOf', { no: order.orderNumber })}
      hint={<OrderHint order={order} />}
      actions={
        <Group gap="sm" justify="flex-end">
          <OrderActions order={order} />
          {mayReceive && (
            <KeyButton
              combo="F9"
              label={t('procurement.receive')}
              onPress={() =>
                void navigate({
                  to: '/purchasing/$orderId/receive',
                  params: { orderId: String(order.purchaseOrderId) },
                })
              }
            />
          )}
        </Group>
      }
    >
      <Facts order={order} />
      <Approval order={order} />
      <Lines order={order} />
      <Card>
        <OrderTotals
          figures={{
            net: decimalOrZero(order.netTotal),
            tax: decimalOrZero(order.taxTotal),
            landed: decimalOrZero(order.landedCost),
            total: decimalOrZero(order.total),
          }}
        />
      </Card>
      <Deliveries order={order} />
      <OrderEvents order={order} />
    </Page>
  );
}

function Facts({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const steps = [
    { text: t('procurement.writtenBy'), by: order.createdBy, at: order.createdAt },
    { text: t('procurement.submittedBy'), by: order.submittedBy, at: order.orderedAt },
    { text: t('procurement.approvedBy'), by: order.approvedBy, at: order.approvedAt },
  ].filter(({ at }) => at !== null);
  return (
    <Text size="sm" c="dimmed">
      {steps.map(({ text, by, at }, index) => (
        <span key={text}>
          {index > 0 && ' · '}
          {text}: <bdi>{by}</bdi>, <DateTimeText value={at} />
        </span>
      ))}
      {order.expectedOn !== null && (
        <span>
          {' · '}
          {t('procurement.expected')}: <DateText value={order.expectedOn} />
        </span>
      )}
      {order.notes !== null && (
        <span>
          {' · '}
          <bdi>{order.notes}</bdi>
        </span>
      )}
    </Text>
  );
}

/** Above the limit of the branch somebody else says yes first. */
function Approval({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const { me } = useSession();
  if (order.status !== 'submitted' || !order.needsApproval) return null;
  return (
    <Notice tone="warn" title={t('procurement.waitsForApproval')}>
      <Text size="sm">
        {t('procurement.overLimit')} <MoneyText value={order.approvalLimit} />
        {order.createdById === me.userId && ` · ${t('procurement.byAnother')}`}
      </Text>
    </Notice>
  );
}

function Lines({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const columns: Column<OrderLine>[] = [
    { id: 'no', header: t('procurement.lineNo'), cell: (row) => <Ltr>{row.lineNo}</Ltr> },
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'ordered',
      header: t('procurement.ordered'),
      numeric: true,
      cell: (row) => <InOrderUnit base={decimalOrZero(row.quantityOrdered)} line={row} />,
    },
    {
      id: 'bonus',
      header: t('procurement.free'),
      numeric: true,
      cell: (row) => (row.bonus === '0' ? '' : <QuantityText value={row.bonus} />),
    },
    {
      id: 'received',
      header: t('procurement.received'),
      numeric: true,
      cell: (row) => (
        <InOrderUnit
          base={decimalOrZero(row.quantityReceived) + decimalOrZero(row.quantityBonusReceived)}
          line={row}
        />
      ),
    },
    {
      id: 'price',
      header: t('procurement.price'),
      numeric: true,
      cell: (row) => <MoneyText value={row.price} />,
    },
    {
      id: 'discount',
      header: t('procurement.discount'),
      numeric: true,
      cell: (row) => {
        const all = decimalOrZero(row.discount) + decimalOrZero(row.headerDiscount);
        return all === 0n ? '' : <MoneyText value={formatMoney(all)} />;
      },
    },
    {
      id: 'tax',
      header: t('procurement.tax'),
      numeric: true,
      cell: (row) => (row.taxRate === '0' ? '' : <Ltr>{percentOf(row.taxRate)}%</Ltr>),
    },
    { id: 'net', header: t('procurement.net'), numeric: true, cell: (row) => <MoneyText value={row.net} /> },
    {
      id: 'cost',
      header: t('procurement.unitCost'),
      numeric: true,
      cell: (row) => <UnitCostText value={row.unitCost} />,
    },
  ];
  return (
    <Card flush label={t('procurement.lines')}>
      <DataTable
        label={t('procurement.lines')}
        columns={columns}
        rows={order.lines}
        rowKey={(row) => row.purchaseOrderItemId}
      />
    </Card>
  );
}

/** What came of it so far. */
function Deliveries({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const receipts = useReceipts({ purchaseOrderId: order.purchaseOrderId, limit: 20 });
  if (!receipts.data || receipts.data.data.length === 0) return null;
  return (
    <Card label={t('procurement.receipts')}>
      <Group gap="md">
        <Text fw={600}>{t('procurement.receipts')}</Text>
        {receipts.data.data.map((one) => (
          <Link
            key={one.goodsReceiptId}
            to="/purchasing/receipts/$receiptId"
            params={{ receiptId: String(one.goodsReceiptId) }}
          >
            {t('procurement.receiptNo', { no: one.goodsReceiptId })} · <DateTimeText value={one.receivedAt} />
          </Link>
        ))}
      </Group>
    </Card>
  );
}
