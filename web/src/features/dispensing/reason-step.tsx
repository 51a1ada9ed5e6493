import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';

/** Shortest reason the server takes, in characters. */
const SHORTEST = 5;

interface ReasonStepProps {
  title: string;
  submit: string;
  /** What is chosen before the reason; none for a step that only wants words. */
  choice?: { label: string; options: readonly { value: string; label: string }[] };
  note: ReactNode;
  problem: Problem | null;
  isBusy: boolean;
  onSubmit: (reason: string, chosen: string) => void;
  onClose: () => void;
}

/** A step that wants a reason, which stays in the history of the fill. */
export function ReasonStep({
  title,
  submit,
  choice,
  note,
  problem,
  isBusy,
  onSubmit,
  onClose,
}: ReasonStepProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(choice?.options[0]?.value ?? '');
  const [reason, setReason] = useState('');
  const isGiven = reason.trim().length >= SHORTEST && (choice === undefined || chosen !== '');

  function submitted(event: FormEvent): void {
    event.preventDefault();
    if (isGiven && !isBusy) onSubmit(reason.trim(), chosen);
  }

  return (
    <Dialog opened onClose={onClose} title={title}>
      <form onSubmit={submitted}>
        <Stack gap="sm">
          <ProblemAlert problem={problem} notSaved={t('station.unchanged')} />
          {note}
          {choice && (
            <NativeSelect
              label={choice.label}
              value={chosen}
              data={[...choice.options]}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data-autofocus
            />
          )}
          <Textarea
            label={t('station.reason')}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus={choice === undefined ? true : undefined}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.back')}
            </Button>
            <Button type="submit" disabled={!isGiven} loading={isBusy}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
