import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lot } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useAdjust } from './inventory-queries';

/** Corrects a lot's quantity by a movement with a reason. */
export function AdjustDialog({ lot, onClose }: { lot: Lot | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={lot !== undefined} onClose={onClose} title={t('stock.adjustTitle')}>
      {lot && <AdjustForm lot={lot} onClose={onClose} />}
    </Dialog>
  );
}

function AdjustForm({ lot, onClose }: { lot: Lot; onClose: () => void }) {
  const { t } = useTranslation();
  const [direction, setDirection] = useState<'less' | 'more'>('less');
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState('');
  const adjust = useAdjust(() => {
    toastDone(t('stock.adjusted'));
    onClose();
  });
  const amount = decimalOrZero(quantity);
  const signed = direction === 'less' ? -amount : amount;
  const after = decimalOrZero(lot.quantity) + signed;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    adjust.mutate({ lotId: lot.lotId, quantity: formatDecimal(signed), reason: reason.trim() });
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
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Text size="sm" role="status">
          {t('stock.afterwards')} <QuantityText value={formatDecimal(after)} />
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={adjust.isPending} disabled={amount <= 0n || after < 0n}>
            {t('stock.adjustSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
