import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { type Transition, useTransition } from './prescription-queries';

interface ReasonDialogProps {
  prescriptionId: number;
  verb: Transition | undefined;
  onClose: () => void;
}

/** Asks why a prescription is held, released or cancelled; the reason stays in its history. */
export function ReasonDialog({ prescriptionId, verb, onClose }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const change = useTransition(prescriptionId);
  const shown = verb ?? 'hold';

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    change.mutate(
      { verb: shown, reason: reason.trim() },
      {
        onSuccess: () => {
          toastDone(t(`transition.${shown}.done`));
          setReason('');
          onClose();
        },
      },
    );
  }

  return (
    <Dialog opened={verb !== undefined} onClose={onClose} title={t(`transition.${shown}.title`)}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={change.error} notSaved={t('prescriptions.notChanged')} />
          <Textarea
            label={t('transition.reason')}
            required={shown !== 'release'}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t(`transition.${shown}.submit`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
