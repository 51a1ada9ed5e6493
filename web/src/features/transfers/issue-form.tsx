import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { WitnessFields } from '../controlled/witness-fields';
import { useTransferCommand } from './transfer-queries';
import { useSigned } from './use-signed';

/** Sends what was agreed to, first expiry first: all of it, or as much as there is where that is said. */
export function IssueForm({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const [isPartial, setIsPartial] = useState(false);
  const issue = useTransferCommand<{ lines: []; partial: boolean; witness?: string }>(
    transfer.transferId,
    'issue',
    () => toastDone(t('transfers.issued')),
  );
  const signed = useSigned(
    transfer.lines.some(({ needsWitness }) => needsWitness),
    issue.error,
  );
  const send = () =>
    signed.run((signature) =>
      issue.mutate({ lines: [], partial: isPartial, ...signature }, { onError: signed.onError }),
    );
  return (
    <Card label={t('transfers.issue')}>
      <Stack gap="sm">
        <Text size="sm">{t('transfers.issueHint')}</Text>
        <ProblemAlert problem={issue.error} notSaved={t('transfers.notIssued')} />
        {signed.isAsked && <WitnessFields witness={signed.witness} />}
        <Group justify="space-between">
          <Checkbox
            label={t('transfers.partial')}
            checked={isPartial}
            onChange={(event) => setIsPartial(event.currentTarget.checked)}
          />
          <KeyButton
            combo="F9"
            label={t('transfers.issue')}
            disabled={!signed.isReady}
            loading={issue.isPending || signed.witness.isSigning}
            onPress={() => void send()}
          />
        </Group>
      </Stack>
    </Card>
  );
}
