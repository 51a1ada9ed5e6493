import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseOrder } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { parseDecimal } from '../../ui/money.domain';
import { DrugPicker } from '../shared/drug-picker';
import { useUnitName } from '../shared/unit-text';
import { dropEntry, refuseGoods } from './delivery.domain';
import { REFUSALS, type Refusal } from './delivery.types';
import { type DeliveryDesk, lineOf } from './use-delivery-desk';

/** What is about to be refused, as far as it is known. */
export interface Refusing {
  readonly purchaseOrderItemId: number | null;
  /** Of no line of the order. */
  readonly drug: { readonly drugId: number; readonly name: string } | null;
  readonly quantity: string;
  readonly reason: Refusal;
  readonly lotNumber: string;
  readonly expiryDate: string;
  /** The entry it was counted in. */
  readonly dropKey?: number | undefined;
}

interface RefuseDialogProps {
  desk: DeliveryDesk;
  order: PurchaseOrder;
  refusing: Refusing | undefined;
  onClose: () => void;
}

/** Goods refused at the door: how much of what, and why. They never come into stock. */
export function RefuseDialog({ refusing, ...props }: RefuseDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={refusing !== undefined}
      onClose={props.onClose}
      size="lg"
      title={t('procurement.refuseTitle')}
    >
      {refusing && <RefuseForm {...props} refusing={refusing} />}
    </Dialog>
  );
}

const NOT_ORDERED = 'none';

function RefuseForm({ desk, order, refusing, onClose }: RefuseDialogProps & { refusing: Refusing }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const [item, setItem] = useState(
    refusing.purchaseOrderItemId === null && refusing.drug !== null
      ? NOT_ORDERED
      : String(refusing.purchaseOrderItemId ?? order.lines[0]?.purchaseOrderItemId ?? NOT_ORDERED),
  );
  const [drug, setDrug] = useState(refusing.drug);
  const [quantity, setQuantity] = useState(refusing.quantity);
  const [reason, setReason] = useState<Refusal>(refusing.reason);
  const [note, setNote] = useState('');
  const [lotNumber, setLotNumber] = useState(refusing.lotNumber);
  const line = lineOf(order, item === NOT_ORDERED ? null : Number.parseInt(item, 10));
  const isReady =
    (parseDecimal(quantity) ?? 0n) > 0n &&
    (line !== undefined || drug !== null) &&
    (reason !== 'other' || note.trim().length >= 5);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const product = line ? { drugId: line.drugId, name: line.drugName } : drug;
    if (!isReady || !product) return;
    const before =
      refusing.dropKey === undefined ? desk.delivery : dropEntry(desk.delivery, refusing.dropKey);
    desk.step(
      refuseGoods(before, {
        purchaseOrderItemId: line?.purchaseOrderItemId ?? null,
        drugId: product.drugId,
        drugName: product.name,
        quantity,
        reason,
        note,
        lotNumber,
        expiryDate: refusing.expiryDate,
      }),
    );
    desk.letGo();
    onClose();
  }

  const unit = line
    ? line.level === 'unit'
      ? nameOfUnit(line.baseUnit, quantity || '1')
      : t(`procurement.level.${line.level}`, { count: Number.parseFloat(quantity || '1') })
    : t('procurement.baseUnits');
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('procurement.refuseHint')}</Text>
        <NativeSelect
          label={t('transition.reason')}
          value={reason}
          data-autofocus
          onChange={(event) =>
            setReason(REFUSALS.find((one) => one === event.currentTarget.value) ?? 'damaged')
          }
          data={REFUSALS.map((value) => ({ value, label: t(`procurement.refusal.${value}.name`) }))}
        />
        <NativeSelect
          label={t('procurement.whatOfOrder')}
          value={item}
          onChange={(event) => setItem(event.currentTarget.value)}
          data={[
            ...order.lines.map((one) => ({
              value: String(one.purchaseOrderItemId),
              label: `${one.lineNo} · ${one.drugName}`,
            })),
            { value: NOT_ORDERED, label: drug?.name ?? t('procurement.notOnOrder') },
          ]}
        />
        {item === NOT_ORDERED && refusing.drug === null && (
          <DrugPicker
            label={t('stock.drug')}
            required
            value={null}
            clearAfterPick
            onChange={(hit) => hit && setDrug({ drugId: hit.drugId, name: hit.name })}
          />
        )}
        <Group grow align="flex-start">
          <DecimalInput
            label={t('stock.quantity')}
            required
            value={quantity}
            onChange={setQuantity}
            rightSectionWidth={90}
            rightSection={
              <Text size="xs" c="dimmed">
                {unit}
              </Text>
            }
          />
          <TextInput
            label={t('stock.lot')}
            dir="ltr"
            maxLength={60}
            value={lotNumber}
            onChange={(event) => setLotNumber(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          label={t('procurement.note')}
          required={reason === 'other'}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={false}
          onCancel={onClose}
          saveLabel={t('procurement.refuseIt')}
          disabled={!isReady}
        />
      </Stack>
    </form>
  );
}
