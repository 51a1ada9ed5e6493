import { Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recall } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { QuantityText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useRecallCommand } from './recall-queries';

const LEAST_TEXT = 3;

interface EndRecallProps {
  recall: Recall;
  command: 'close' | 'withdraw' | undefined;
  onClose: () => void;
}

/** Closes what is gone from shelves and ways, or withdraws what was a mistake. */
export function EndRecallDialog({ recall, command, onClose }: EndRecallProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={command !== undefined} onClose={onClose} title={t(`recall.${command ?? 'close'}`)}>
      {command && <EndForm recall={recall} command={command} onClose={onClose} />}
    </Dialog>
  );
}

function EndForm({ recall, command, onClose }: EndRecallProps & { command: 'close' | 'withdraw' }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const end = useRecallCommand<{ note: string } | { reason: string }>(recall.recallId, command, () => {
    toastDone(t(`recall.done.${command}`));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    end.mutate(command === 'close' ? { note: words.trim() } : { reason: words.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t(`recall.endHint.${command}`)}</Text>
        {command === 'close' && (
          <Text size="sm">
            {t('recall.withPatients')} <QuantityText value={recall.balance.withPatients} />
          </Text>
        )}
        <ProblemAlert problem={end.error} notSaved={t('recall.notEnded')} />
        <Textarea
          label={t(command === 'close' ? 'recall.closeNote' : 'transition.reason')}
          required
          autosize
          minRows={2}
          maxLength={1000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={end.isPending}
          onCancel={onClose}
          saveLabel={t(`recall.${command}`)}
          disabled={words.trim().length < LEAST_TEXT}
        />
      </Stack>
    </form>
  );
}
