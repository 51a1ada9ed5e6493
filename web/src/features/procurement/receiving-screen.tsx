import { Group, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseOrder, PurchaseOrderReceived } from '../../api/types';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { todayLocal } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { isEmptyDelivery, lackingOf, splitFree } from './delivery.domain';
import type { Entry } from './delivery.types';
import { DeliveryDone } from './delivery-done';
import { freeBeyond, freeReasonOf } from './delivery-free.domain';
import { DeliveryTable } from './delivery-table';
import { OrderHint } from './order-texts';
import { PostDialog } from './post-dialog';
import { useOrder } from './procurement-queries';
import { RefuseDialog, type Refusing } from './refuse-dialog';
import { RefusedList } from './refused-list';
import { ScanStrip } from './scan-strip';
import { ShipNoticeDialog } from './ship-notice-dialog';
import { fieldId, focusOn, lineOf, useDeliveryDesk } from './use-delivery-desk';

const route = getRouteApi('/purchasing/$orderId/receive');

/** A delivery taken in against its order: one scan a pack, then F4 and Enter. */
export function ReceivingScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const orderId = Number.parseInt(route.useParams().orderId, 10);
  const order = useOrder(orderId);
  const [received, setReceived] = useState<PurchaseOrderReceived>();
  if (received) return <DeliveryDone received={received} />;
  if (order.isPending) return <LoadingRows />;
  if (order.isError) return <ErrorView error={order.error} retry={() => void order.refetch()} />;
  if (!order.data.commands.includes('receive') || !can('WriteInventory') || !can('WriteProcurement'))
    return (
      <Page title={t('procurement.receiveOf', { no: order.data.orderNumber })}>
        <EmptyView
          title={t('procurement.notReceivable')}
          hint={<OrderHint order={order.data} />}
          action={
            <Link to="/purchasing/$orderId" params={{ orderId: String(orderId) }}>
              {t('procurement.toOrder')}
            </Link>
          }
        />
      </Page>
    );
  return <Receiving key={orderId} order={order.data} onReceived={setReceived} />;
}

function Receiving({
  order,
  onReceived,
}: {
  order: PurchaseOrder;
  onReceived: (received: PurchaseOrderReceived) => void;
}) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { scan } = route.useSearch();
  const desk = useDeliveryDesk(order);
  const { delivery, stop } = desk;
  const [refusing, setRefusing] = useState<Refusing>();
  const [dialog, setDialog] = useState<'post' | 'notice'>();
  const today = todayLocal();

  // The pack that led here is the first one counted.
  const countFirst = useEffectEvent(() => {
    if (scan !== undefined && isEmptyDelivery(delivery)) desk.scan(scan);
  });
  useEffect(() => countFirst(), []);

  const lackOf = (entry: Entry) =>
    lackingOf(entry, today, lineOf(order, entry.purchaseOrderItemId)?.unitBaseUnits ?? '1');

  function post(): void {
    const lacking = delivery.entries.find((entry) => lackOf(entry) !== undefined);
    const what = lacking && lackOf(lacking);
    if (lacking && what) {
      announce(t(`procurement.lacking.${what}`));
      const field = what === 'fewer' ? 'quantity' : what === 'other-pack' ? 'lot' : what;
      return focusOn(fieldId(field === 'lot' || field === 'quantity' ? field : 'expiry', lacking.key));
    }
    const counted = splitFree(delivery.entries, order.lines);
    const unsaid = order.lines.find(
      (line) =>
        freeBeyond(delivery, line, counted, order.overReceiptTolerance) > 0n &&
        (!can('ApprovePurchaseOrder') || freeReasonOf(delivery, line.purchaseOrderItemId).trim() === ''),
    );
    if (!unsaid) return setDialog('post');
    const itemId = unsaid.purchaseOrderItemId;
    if (can('ApprovePurchaseOrder')) {
      announce(t('procurement.freeReason'));
      return focusOn(fieldId('free-reason', itemId));
    }
    announce(t('procurement.freeByAnother'));
    const free = delivery.entries.find(
      ({ key, purchaseOrderItemId }) => purchaseOrderItemId === itemId && (counted.get(key)?.free ?? 0n) > 0n,
    );
    if (free) focusOn(fieldId('free', free.key));
  }

  /** What is refused: what the last scan stopped at, else what was counted last, else a line to be chosen. */
  function refuse(): void {
    const entry = delivery.entries.find(({ key }) =>
      stop?.kind === 'short' ? key === stop.key : key === delivery.last?.key,
    );
    if (stop && 'scanned' in stop && stop.kind !== 'short' && stop.scanned.drugId !== null)
      return setRefusing({
        purchaseOrderItemId: stop.scanned.purchaseOrderItemId,
        drug: { drugId: stop.scanned.drugId, name: stop.scanned.drugName ?? '' },
        quantity: stop.scanned.purchaseOrderItemId === null ? (stop.scanned.packUnits ?? '1') : '1',
        reason: stop.kind === 'expired' ? 'expired' : stop.kind === 'twice' ? 'other' : 'not_ordered',
        lotNumber: stop.scanned.lotNumber ?? '',
        expiryDate: stop.scanned.expiryDate ?? '',
      });
    setRefusing({
      purchaseOrderItemId: entry?.purchaseOrderItemId ?? null,
      drug: null,
      quantity: stop?.kind === 'short' && entry?.inBaseUnits === false ? entry.quantity : '1',
      reason: stop?.kind === 'short' ? 'short_expiry' : 'damaged',
      lotNumber: entry?.lotNumber ?? '',
      expiryDate: entry?.expiryDate ?? '',
      dropKey: stop?.kind === 'short' ? stop.key : undefined,
    });
  }

  return (
    <Page
      title={t('procurement.receiveOf', { no: order.orderNumber })}
      hint={<OrderHint order={order} />}
      actions={
        <Group gap="sm" justify="flex-end">
          <KeyButton
            combo="F2"
            variant="default"
            label={t('procurement.notice')}
            onPress={() => setDialog('notice')}
          />
          <KeyButton combo="F7" variant="default" label={t('procurement.refuse')} onPress={refuse} />
          <KeyButton
            combo="F8"
            variant="default"
            label={t('procurement.undo')}
            disabled={!desk.canUndo}
            onPress={desk.undo}
          />
          <KeyButton
            combo="F4"
            label={t('procurement.post')}
            disabled={isEmptyDelivery(delivery)}
            onPress={post}
          />
        </Group>
      }
    >
      <ScanStrip desk={desk} order={order} onRefuse={refuse} />
      <Card flush label={t('procurement.delivery')}>
        <DeliveryTable desk={desk} order={order} today={today} />
      </Card>
      {delivery.refused.length > 0 && <RefusedList desk={desk} order={order} />}
      <Text size="sm" c="dimmed">
        {t('procurement.receiveHint')}
      </Text>
      <RefuseDialog desk={desk} order={order} refusing={refusing} onClose={() => setRefusing(undefined)} />
      <ShipNoticeDialog
        desk={desk}
        order={order}
        opened={dialog === 'notice'}
        onClose={() => setDialog(undefined)}
      />
      <PostDialog
        desk={desk}
        order={order}
        opened={dialog === 'post'}
        onClose={() => setDialog(undefined)}
        onReceived={onReceived}
      />
    </Page>
  );
}
