import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';

interface WhyDialogProps {
  title: string;
  submit: string;
  isRequired: boolean;
  problem: Problem | null | undefined;
  isPending: boolean;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** Asks for a reason that is kept. Mounted while it is open, so that each question begins empty. */
export function WhyDialog({
  title,
  submit,
  isRequired,
  problem,
  isPending,
  onSubmit,
  onClose,
}: WhyDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  function send(event: FormEvent): void {
    event.preventDefault();
    onSubmit(reason.trim());
  }
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <ProblemAlert problem={problem} notSaved={t('prescriptions.notChanged')} />
          <Textarea
            label={t('transition.reason')}
            required={isRequired}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.form?.requestSubmit();
            }}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={isPending}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
