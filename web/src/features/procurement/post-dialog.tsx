import { Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseOrder, PurchaseOrderReceived } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { MixedText } from '../../ui/mixed-text';
import { cleanZeros } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { WitnessFields } from '../controlled/witness-fields';
import { useCurrency } from '../shared/currency';
import { useSigned } from '../transfers/use-signed';
import { deliveryBody, lineSums, splitFree } from './delivery.domain';
import { InOrderUnit } from './order-texts';
import { useReceiveOrder } from './procurement-queries';
import type { DeliveryDesk } from './use-delivery-desk';

interface PostDialogProps {
  desk: DeliveryDesk;
  order: PurchaseOrder;
  opened: boolean;
  onClose: () => void;
  onReceived: (received: PurchaseOrderReceived) => void;
}

/** The last look at a delivery; Enter posts it, all lines or none. */
export function PostDialog(props: PostDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} size="lg" title={t('procurement.postTitle')}>
      <PostForm {...props} />
    </Dialog>
  );
}

/** Lines named of what is short; more of them are a number. */
const MOST_SHORT = 6;

function PostForm({ desk, order, onClose, onReceived }: PostDialogProps) {
  const { t } = useTranslation();
  const currency = useCurrency();
  const [supplierDocument, setSupplierDocument] = useState('');
  const [landedCost, setLandedCost] = useState('');
  const { delivery } = desk;
  const receive = useReceiveOrder(order.purchaseOrderId, (received) => {
    desk.forget();
    if (received.packs.some(({ isDuplicate }) => isDuplicate)) beep('refused');
    onReceived(received);
  });
  const signed = useSigned(false, receive.error);
  const counted = splitFree(delivery.entries, order.lines);
  const sums = order.lines.map((line) => ({ line, ...lineSums(line, delivery.entries, counted) }));
  const short = sums.filter((one) => one.short > 0n);
  const over = sums.filter((one) => one.over > 0n);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const body = deliveryBody(delivery, order.lines, {
      supplierDocument,
      landedCost: landedCost === '' ? '' : cleanZeros(landedCost),
      tolerance: order.overReceiptTolerance,
    });
    void signed.run((signature) => receive.mutate({ ...body, ...signature }, { onError: signed.onError }));
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          {t('procurement.lotsCounted', { count: delivery.entries.length })}
          {delivery.refused.length > 0 &&
            ` · ${t('procurement.refusedCounted', { count: delivery.refused.length })}`}
        </Text>
        {over.length > 0 && (
          <Notice tone="warn" title={t('procurement.overNotice')}>
            {over.map(({ line, over: base }) => (
              <Text size="sm" key={line.purchaseOrderItemId}>
                <MixedText text={line.drugName} />: <InOrderUnit base={base} line={line} />
              </Text>
            ))}
          </Notice>
        )}
        {short.length > 0 && (
          <Notice tone="info" title={t('procurement.shortNotice', { count: short.length })}>
            {short.slice(0, MOST_SHORT).map(({ line, short: base }) => (
              <Text size="sm" key={line.purchaseOrderItemId}>
                <MixedText text={line.drugName} />: <InOrderUnit base={base} line={line} />
              </Text>
            ))}
          </Notice>
        )}
        <Group grow align="flex-start">
          <TextInput
            label={t('procurement.supplierDocument')}
            maxLength={100}
            value={supplierDocument}
            data-autofocus
            onChange={(event) => setSupplierDocument(event.currentTarget.value)}
          />
          <DecimalInput
            label={t('procurement.landedCostOfDelivery')}
            value={landedCost}
            onChange={setLandedCost}
            rightSectionWidth={60}
            rightSection={
              <Text size="xs" c="dimmed">
                {currency}
              </Text>
            }
          />
        </Group>
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <ProblemAlert problem={receive.error} notSaved={t('procurement.notPosted')} />
        <FormFoot
          isSaving={receive.isPending || signed.witness.isSigning}
          onCancel={onClose}
          saveLabel={t('procurement.post')}
          disabled={!signed.isReady}
        />
      </Stack>
    </form>
  );
}
