import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleItem } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useReturn } from './sale-queries';

interface ReturnDialogProps {
  saleId: number;
  item: SaleItem | undefined;
  onClose: () => void;
}

/** Takes back one line, or part of it. What was on a prescription goes to quarantine. */
export function ReturnDialog({ saleId, item, onClose }: ReturnDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={item !== undefined} onClose={onClose} title={t('sales.returnTitle')}>
      {item && <ReturnForm saleId={saleId} item={item} onClose={onClose} />}
    </Dialog>
  );
}

function ReturnForm({ saleId, item, onClose }: { saleId: number; item: SaleItem; onClose: () => void }) {
  const { t } = useTranslation();
  const left = decimalOrZero(item.quantity) - decimalOrZero(item.returnedQuantity);
  const [quantity, setQuantity] = useState(formatDecimal(left));
  const [reason, setReason] = useState('');
  const [disposition, setDisposition] = useState<'restock' | 'quarantine'>(
    item.fillId === null ? 'restock' : 'quarantine',
  );
  const takeBack = useReturn(saleId, (posted) => {
    toastDone(t('sales.returnDone', { number: posted.saleNumber }));
    onClose();
  });
  const isTooMuch = decimalOrZero(quantity) > left;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    takeBack.mutate({
      items: [{ saleItemId: item.saleItemId, quantity: formatDecimal(decimalOrZero(quantity)), disposition }],
      reason: reason.trim(),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text fw={600}>
          <bdi>{item.description}</bdi>
        </Text>
        <ProblemAlert problem={takeBack.error} notSaved={t('sales.notReturned')} />
        <DecimalInput
          label={t('sales.returnQuantity')}
          description={t('sales.returnLeft', { quantity: formatDecimal(left) })}
          value={quantity}
          onChange={setQuantity}
          error={isTooMuch ? t('sales.returnTooMuch') : undefined}
          required
          data-autofocus
        />
        <NativeSelect
          label={t('sales.disposition')}
          value={disposition}
          onChange={(event) =>
            setDisposition(event.currentTarget.value === 'restock' ? 'restock' : 'quarantine')
          }
          data={(['restock', 'quarantine'] as const).map((value) => ({
            value,
            label: t(`disposition.${value}`),
          }))}
        />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.back')}
          </Button>
          <Button
            type="submit"
            loading={takeBack.isPending}
            disabled={isTooMuch || decimalOrZero(quantity) <= 0n}
          >
            {t('sales.returnSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
