import { Checkbox, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompoundBatch } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useWitness, WitnessFields } from '../controlled/witness-fields';
import { useDiscard } from './compounding-queries';

/** Gives a batch up, with a reason; controlled ingredients are written off before a second person. */
export function DiscardDialog({ batch, onClose }: { batch: CompoundBatch; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [weighedBack, setWeighedBack] = useState(false);
  const discard = useDiscard(batch.batchId);
  const witness = useWitness();
  const code = discard.error?.code;
  const [isWitnessed, setWitnessed] = useState(false);
  const asksWitness = isWitnessed || code === 'witness-required' || code === 'witness-refused';
  if (asksWitness !== isWitnessed) setWitnessed(asksWitness);
  const hasWeighed = batch.items.some(({ quantityUsed }) => quantityUsed !== null);

  async function submit(): Promise<void> {
    if (reason.trim() === '' || discard.isPending || witness.isSigning) return;
    const token = asksWitness ? await witness.confirm() : undefined;
    if (asksWitness && token === undefined) return;
    discard.mutate(
      { reason: reason.trim(), weighedBack, ...(token === undefined ? {} : { witness: token }) },
      {
        onSuccess: () => {
          toastDone(t('compounding.discardedTitle'));
          onClose();
        },
        onError: (problem) => problem.code === 'witness-refused' && witness.again(),
      },
    );
  }

  return (
    <Dialog opened onClose={onClose} title={t('compounding.discardTitle', { number: batch.batchNumber })}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <ProblemAlert problem={discard.error} notSaved={t('compounding.notDiscarded')} />
          <Textarea
            label={t('transition.reason')}
            required
            maxLength={400}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {batch.status === 'in_preparation' && hasWeighed && (
            <Checkbox
              label={t('compounding.weighedBack')}
              description={t('compounding.weighedBackHint')}
              checked={weighedBack}
              onChange={(event) => setWeighedBack(event.currentTarget.checked)}
            />
          )}
          {asksWitness && <WitnessFields witness={witness} />}
          <FormFoot
            isSaving={discard.isPending || witness.isSigning}
            onCancel={onClose}
            saveLabel={t('compounding.discard')}
            disabled={reason.trim() === '' || (asksWitness && !witness.isReady)}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
