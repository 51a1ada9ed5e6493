import { Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { WitnessFields } from '../controlled/witness-fields';
import { useTransferCommand } from './transfer-queries';
import { useSigned } from './use-signed';

interface CancelTransferProps {
  transfer: Transfer;
  opened: boolean;
  onClose: () => void;
}

/** Ends what was not sent, or calls back what is on its way. */
export function CancelTransferDialog(props: CancelTransferProps) {
  const { t } = useTranslation();
  const title = t(props.transfer.status === 'in_transit' ? 'transfers.callBack' : 'transfers.cancel');
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={title}>
      <CancelForm {...props} title={title} />
    </Dialog>
  );
}

function CancelForm({ transfer, onClose, title }: CancelTransferProps & { title: string }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const cancel = useTransferCommand<{ reason: string; witness?: string }>(
    transfer.transferId,
    'cancel',
    () => {
      toastDone(t('transfers.cancelled'));
      onClose();
    },
  );
  const isSent = transfer.status === 'in_transit';
  const signed = useSigned(isSent && transfer.lines.some(({ needsWitness }) => needsWitness), cancel.error);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void signed.run((signature) =>
      cancel.mutate({ reason: reason.trim(), ...signature }, { onError: signed.onError }),
    );
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t(isSent ? 'transfers.callBackHint' : 'transfers.cancelHint')}</Text>
        <ProblemAlert problem={cancel.error} notSaved={t('transfers.notCancelled')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <FormFoot
          isSaving={cancel.isPending || signed.witness.isSigning}
          onCancel={onClose}
          saveLabel={title}
          disabled={reason.trim() === '' || !signed.isReady}
        />
      </Stack>
    </form>
  );
}
