import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DestroyRequest, Destruction, Lot } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { useDestroy } from './controlled-queries';
import { REASONS, usePrintRecord } from './destruction-texts';
import { useWitness, WitnessFields } from './witness-fields';

interface DestroyDialogProps {
  opened: boolean;
  lot: Lot | undefined;
  onClose: () => void;
}

/** Takes stock of a lot out for good; what is controlled before a second person, now or later. */
export function DestroyDialog({ opened, lot, onClose }: DestroyDialogProps) {
  const { t } = useTranslation();
  const [done, setDone] = useState<Destruction>();
  const close = () => {
    setDone(undefined);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} size="lg" title={t('destruction.title')}>
      {done && <Destroyed destruction={done} onClose={close} />}
      {!done && lot && <DestroyForm lot={lot} onDone={setDone} onClose={close} />}
    </Dialog>
  );
}

interface DestroyFormProps {
  lot: Lot;
  onDone: (done: Destruction) => void;
  onClose: () => void;
}

function DestroyForm({ lot, onDone, onClose }: DestroyFormProps) {
  const { t } = useTranslation();
  const free = decimalOrZero(lot.quantity) - decimalOrZero(lot.quantityReserved);
  const [quantity, setQuantity] = useState(formatDecimal(free));
  const [reason, setReason] = useState<DestroyRequest['reason']>(
    (lot.daysToExpiry ?? 0) < 0 ? 'expired' : 'damaged',
  );
  const [note, setNote] = useState('');
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const witness = useWitness();
  const destroy = useDestroy(onDone);
  const signsNow = lot.needsWitness && when === 'now';
  const amount = decimalOrZero(quantity);
  const isTooMuch = amount > free;
  const isReady =
    amount > 0n &&
    !isTooMuch &&
    (reason !== 'other' || note.trim().length >= 5) &&
    (!signsNow || witness.isReady);
  const isBusy = destroy.isPending || witness.isSigning;

  async function submit(): Promise<void> {
    if (!isReady || isBusy) return;
    const token = signsNow ? await witness.confirm() : undefined;
    if (signsNow && token === undefined) return;
    destroy.mutate(
      {
        lotId: lot.lotId,
        quantity,
        reason,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(token === undefined ? {} : { witness: token }),
      },
      { onError: (problem) => problem.code === 'witness-refused' && witness.again() },
    );
  }

  return (
    <Stack gap="sm">
      <Text size="sm">
        <strong>
          <bdi>{lot.drugName}</bdi>
        </strong>{' '}
        · <Ltr>{lot.lotNumber}</Ltr> · {t('stock.onHand')} <QuantityText value={lot.quantity} />
      </Text>
      <ProblemAlert problem={destroy.error} notSaved={t('destruction.notDone')} />
      <Group align="flex-start" grow>
        <DecimalInput
          label={t('stock.quantityBase')}
          required
          value={quantity}
          onChange={setQuantity}
          error={isTooMuch ? t('stock.belowZero') : undefined}
          data-autofocus
        />
        <NativeSelect
          label={t('destruction.why')}
          value={reason}
          onChange={(event) => setReason(REASONS.find((one) => one === event.currentTarget.value) ?? 'other')}
          data={REASONS.map((value) => ({ value, label: t(`destruction.reason.${value}`) }))}
        />
      </Group>
      <TextInput
        label={t('destruction.note')}
        description={reason === 'other' ? t('destruction.noteNeeded') : undefined}
        required={reason === 'other'}
        maxLength={400}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {lot.needsWitness && (
        <>
          <Text size="sm">{t('destruction.twoPersons')}</Text>
          <SegmentedControl
            aria-label={t('witness.title')}
            value={when}
            onChange={(value) => setWhen(value === 'later' ? 'later' : 'now')}
            data={[
              { value: 'now', label: t('witness.now') },
              { value: 'later', label: t('witness.later') },
            ]}
          />
        </>
      )}
      {signsNow && <WitnessFields witness={witness} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <KeyButton
          combo="F9"
          label={lot.needsWitness && !signsNow ? t('destruction.ask') : t('destruction.submit')}
          disabled={!isReady}
          loading={isBusy}
          onPress={() => void submit()}
        />
      </Group>
    </Stack>
  );
}

function Destroyed({ destruction, onClose }: { destruction: Destruction; onClose: () => void }) {
  const { t } = useTranslation();
  const print = usePrintRecord();
  const isDone = destruction.status === 'destroyed';
  return (
    <Stack gap="md">
      <Notice tone={isDone ? 'ok' : 'warn'} title={isDone ? t('destruction.done') : t('destruction.waits')}>
        <Text size="sm">
          <bdi>{destruction.drugName}</bdi> · <Ltr>{destruction.lotNumber}</Ltr> ·{' '}
          <QuantityText value={destruction.quantity} />
          {destruction.witnessedBy !== null && (
            <>
              {' '}
              · {t('destruction.witness')} <bdi>{destruction.witnessedBy}</bdi>
            </>
          )}
        </Text>
      </Notice>
      <Group justify="flex-end">
        <KeyButton
          combo="F8"
          variant="default"
          label={t('destruction.print')}
          onPress={() => print(destruction.destructionId)}
        />
        <Button onClick={onClose} autoFocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
