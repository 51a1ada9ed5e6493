import { Button, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoodsReceipt } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText, QuantityText, UnitCostText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { QuantityIn } from '../shared/unit-text';
import { SupplierName } from './order-texts';
import { useReceipt, useReverseItem } from './procurement-queries';

const route = getRouteApi('/purchasing/receipts/$receiptId');

type Item = GoodsReceipt['items'][number];

/** One delivery: what came, at what cost, what was refused; a line is taken back with a reason while nothing of it has left. */
export function ReceiptScreen() {
  const receiptId = Number.parseInt(route.useParams().receiptId, 10);
  const receipt = useReceipt(receiptId);
  if (receipt.isPending) return <LoadingRows />;
  if (receipt.isError) return <ErrorView error={receipt.error} retry={() => void receipt.refetch()} />;
  return <OneReceipt key={receiptId} receipt={receipt.data} />;
}

function OneReceipt({ receipt }: { receipt: GoodsReceipt }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [reversing, setReversing] = useState<Item>();
  const mayReverse = can('WriteProcurement') && can('WriteInventory');
  const columns: Column<Item>[] = [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <Link to="/stock" search={{ drugId: row.drugId }} className={rowLinkClass} data-row-link>
          <MixedText text={row.drugName} />
        </Link>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'free',
      header: t('procurement.free'),
      numeric: true,
      cell: (row) => (row.bonus === '0' ? '' : <QuantityText value={row.bonus} />),
    },
    {
      id: 'net',
      header: t('procurement.net'),
      numeric: true,
      cell: (row) => <MoneyText value={row.netCost} />,
    },
    {
      id: 'landed',
      header: t('procurement.landedCost'),
      numeric: true,
      cell: (row) => <MoneyText value={row.landedCost} />,
    },
    {
      id: 'cost',
      header: t('procurement.unitCost'),
      numeric: true,
      cell: (row) => <UnitCostText value={row.unitCost} />,
    },
    {
      id: 'reverse',
      header: t('procurement.reverse'),
      hideHeader: true,
      cell: (row) => <ItemState item={row} onReverse={mayReverse ? () => setReversing(row) : undefined} />,
    },
  ];
  return (
    <Page
      title={t('procurement.receiptNo', { no: receipt.goodsReceiptId })}
      hint={<SupplierName of={receipt} />}
    >
      <Text size="sm" c="dimmed">
        <bdi>{receipt.receivedBy}</bdi>, <DateTimeText value={receipt.receivedAt} />
        {receipt.purchaseOrderId !== null && (
          <>
            {' · '}
            <Link to="/purchasing/$orderId" params={{ orderId: String(receipt.purchaseOrderId) }}>
              {t('procurement.titleOf', { no: receipt.orderNumber ?? '' })}
            </Link>
          </>
        )}
        {receipt.supplierDocument !== null && (
          <>
            {' · '}
            {t('procurement.supplierDocument')}: <bdi>{receipt.supplierDocument}</bdi>
          </>
        )}
        {' · '}
        {t('procurement.value')}: <MoneyText value={receipt.value} strong />
      </Text>
      <Card flush label={t('procurement.lots')}>
        <div onKeyDown={moveThroughRows}>
          <DataTable
            label={t('procurement.lots')}
            columns={columns}
            rows={receipt.items}
            rowKey={(row) => row.goodsReceiptItemId}
          />
        </div>
      </Card>
      {receipt.refused.length > 0 && <Refusals receipt={receipt} />}
      <ReverseDialog
        receiptId={receipt.goodsReceiptId}
        item={reversing}
        onClose={() => setReversing(undefined)}
      />
    </Page>
  );
}

function ItemState({ item, onReverse }: { item: Item; onReverse: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (item.reversal)
    return (
      <>
        <StatusBadge tone="neutral">{t('procurement.reversed')}</StatusBadge>
        <Text size="xs" c="dimmed">
          <bdi>{item.reversal.userName}</bdi> · <bdi>{item.reversal.reason}</bdi>
        </Text>
      </>
    );
  if (!onReverse) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('procurement.reverseLot', { lot: item.lotNumber })}
      onClick={onReverse}
    >
      {t('procurement.reverse')}
    </Button>
  );
}

type Refusal = GoodsReceipt['refused'][number];

function Refusals({ receipt }: { receipt: GoodsReceipt }) {
  const { t } = useTranslation();
  const columns: Column<Refusal>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'quantity',
      header: t('procurement.baseUnits'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'reason',
      header: t('transition.reason'),
      cell: (row) => t(`procurement.refusal.${row.reason}.name`),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber ?? ''}</Ltr> },
    { id: 'note', header: t('procurement.note'), cell: (row) => <bdi>{row.note}</bdi> },
  ];
  return (
    <Card flush label={t('procurement.refusedGoods')}>
      <Text fw={600} px="md" pt="sm">
        {t('procurement.refusedGoods')}
      </Text>
      <DataTable
        label={t('procurement.refusedGoods')}
        columns={columns}
        rows={receipt.refused}
        rowKey={(row) => receipt.refused.indexOf(row)}
      />
    </Card>
  );
}

interface ReverseProps {
  receiptId: number;
  item: Item | undefined;
  onClose: () => void;
}

function ReverseDialog({ item, ...props }: ReverseProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={item !== undefined}
      onClose={props.onClose}
      title={t('procurement.reverseLot', { lot: item?.lotNumber ?? '' })}
    >
      {item && <ReverseForm {...props} item={item} />}
    </Dialog>
  );
}

function ReverseForm({ receiptId, item, onClose }: ReverseProps & { item: Item }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const reverse = useReverseItem(receiptId, () => {
    toastDone(t('procurement.reversed'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() !== '') reverse.mutate({ itemId: item.goodsReceiptItemId, reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('procurement.reverseHint')}</Text>
        <ProblemAlert problem={reverse.error} notSaved={t('procurement.notReversed')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={reverse.isPending}
          onCancel={onClose}
          saveLabel={t('procurement.reverse')}
          disabled={reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}
