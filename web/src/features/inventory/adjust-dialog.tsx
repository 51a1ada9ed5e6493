import { NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdjustRequest, Lot } from '../../api/types';
import { daysBetween, todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useAdjust } from './inventory-queries';

type Reason = NonNullable<AdjustRequest['reasonCode']>;

/** Why a lot is corrected, by direction; what is set aside leaves for the first three alone, as the server has it. */
const REASONS: Record<'less' | 'aside' | 'more', readonly Reason[]> = {
  less: ['missing', 'theft', 'entry_error', 'damaged', 'sample', 'own_use', 'other'],
  aside: ['missing', 'theft', 'entry_error'],
  more: ['found', 'entry_error', 'other'],
};

/** Corrects a lot's quantity by a movement with a reason, or asks for it where another person has to approve. */
export function AdjustDialog({ lot, onClose }: { lot: Lot | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={lot !== undefined} onClose={onClose} title={t('stock.adjustTitle')}>
      {lot && <AdjustForm lot={lot} onClose={onClose} />}
    </Dialog>
  );
}

const isSetAside = (lot: Lot): boolean =>
  lot.status !== 'available' || (lot.expiryDate !== null && daysBetween(todayLocal(), lot.expiryDate) < 0);

function AdjustForm({ lot, onClose }: { lot: Lot; onClose: () => void }) {
  const { t } = useTranslation();
  const [direction, setDirection] = useState<'less' | 'more'>('less');
  const [quantity, setQuantity] = useState('');
  const [reasonCode, setReasonCode] = useState<Reason>();
  const [reason, setReason] = useState('');
  const adjust = useAdjust(({ isPending }) => {
    toastDone(t(isPending ? 'stock.adjustAsked' : 'stock.adjusted'));
    onClose();
  });
  const amount = decimalOrZero(quantity);
  const signed = direction === 'less' ? -amount : amount;
  const after = decimalOrZero(lot.quantity) + signed;
  const isAside = direction === 'less' && isSetAside(lot);
  const reasons = REASONS[isAside ? 'aside' : direction];
  const code = reasons.find((one) => one === reasonCode) ?? reasons[0] ?? 'other';

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    adjust.mutate({
      lotId: lot.lotId,
      quantity: formatDecimal(signed),
      reasonCode: code,
      reason: reason.trim(),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">
          <strong>
            <bdi>{lot.drugName}</bdi>
          </strong>{' '}
          · <Ltr>{lot.lotNumber}</Ltr> · {t('stock.onHand')} <QuantityText value={lot.quantity} />
        </Text>
        {isAside && <Notice tone="warn" title={t('stock.adjustAside')} />}
        <ProblemAlert problem={adjust.error} notSaved={t('stock.notAdjusted')} />
        <SegmentedControl
          aria-label={t('stock.direction')}
          value={direction}
          onChange={(value) => setDirection(value === 'more' ? 'more' : 'less')}
          data={[
            { value: 'less', label: t('stock.less') },
            { value: 'more', label: t('stock.more') },
          ]}
        />
        <DecimalInput
          label={t('stock.quantityBase')}
          required
          value={quantity}
          onChange={setQuantity}
          error={after < 0n ? t('stock.belowZero') : undefined}
          data-autofocus
        />
        <NativeSelect
          label={t('transition.reason')}
          value={code}
          onChange={(event) => setReasonCode(reasons.find((one) => one === event.currentTarget.value))}
          data={reasons.map((value) => ({ value, label: t(`reasonCode.${value}`) }))}
        />
        <TextInput
          label={t('stock.adjustWords')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Text size="sm" role="status">
          {t('stock.afterwards')} <QuantityText value={formatDecimal(after)} />
        </Text>
        <FormFoot
          isSaving={adjust.isPending}
          onCancel={onClose}
          saveLabel={t('stock.adjustSubmit')}
          disabled={amount <= 0n || after < 0n || reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}
