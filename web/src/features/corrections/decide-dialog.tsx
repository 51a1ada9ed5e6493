import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Correction } from '../../api/types';
import { useSession } from '../../session/session';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { DifferenceText, WorthText } from '../stock-counts/count-texts';
import { useDecideCorrection } from './correction-queries';

interface DecideDialogProps {
  correction: Correction | undefined;
  onClose: () => void;
}

/** One correction: what is asked for, by whom and why; another person approves it, who asked may take it back. */
export function DecideDialog({ correction, onClose }: DecideDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={correction !== undefined}
      onClose={onClose}
      size="lg"
      title={t('corrections.titleOf', { no: correction?.adjustmentId ?? '' })}
    >
      {correction && <DecideForm correction={correction} onClose={onClose} />}
    </Dialog>
  );
}

function DecideForm({ correction, onClose }: { correction: Correction; onClose: () => void }) {
  const { t } = useTranslation();
  const { me, can } = useSession();
  const [note, setNote] = useState('');
  const { adjustmentId, status } = correction;
  const approve = useDecideCorrection(adjustmentId, 'approve', () => {
    toastDone(t('corrections.approved'));
    onClose();
  });
  const reject = useDecideCorrection(adjustmentId, 'reject', () => {
    toastDone(t('corrections.rejected'));
    onClose();
  });
  const isOwn = correction.requestedById === me.userId;
  const isOpen = status === 'pending';
  const isBusy = approve.isPending || reject.isPending;
  const body = note.trim() === '' ? {} : { note: note.trim() };
  return (
    <Stack gap="sm">
      <Text>
        <strong>
          <MixedText text={correction.drugName} />
        </strong>{' '}
        · <Ltr>{correction.lotNumber}</Ltr>
      </Text>
      <Text>
        <DifferenceText value={correction.quantity} /> · {t('counts.worth')}{' '}
        <WorthText value={correction.value} />
      </Text>
      <Text size="sm">
        {t(`reasonCode.${correction.reasonCode}`)} · <bdi>{correction.reason}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        {t('corrections.askedBy')} <bdi>{correction.requestedBy}</bdi>,{' '}
        <DateTimeText value={correction.requestedAt} />
      </Text>
      {!isOpen && (
        <Text size="sm">
          {t(`corrections.status.${status}`)} · <bdi>{correction.closedBy ?? ''}</bdi>,{' '}
          <DateTimeText value={correction.closedAt} />
          {correction.closeNote !== null && (
            <>
              {' '}
              · <bdi>{correction.closeNote}</bdi>
            </>
          )}
        </Text>
      )}
      {isOpen && correction.isSetAside && <Notice tone="warn" title={t('corrections.setAsideHint')} />}
      {isOpen && isOwn && <Notice tone="info" title={t('corrections.own')} />}
      <ProblemAlert problem={approve.error ?? reject.error} notSaved={t('corrections.notDecided')} />
      {isOpen && (
        <TextInput
          label={t('counts.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        {isOpen && can('WriteInventory') && (
          <KeyButton
            combo="F7"
            variant="default"
            label={t(isOwn ? 'corrections.takeBack' : 'corrections.reject')}
            loading={reject.isPending}
            disabled={isBusy}
            onPress={() => reject.mutate(body)}
          />
        )}
        {isOpen && !isOwn && can('ApproveStock') && (
          <KeyButton
            combo="F9"
            label={t('corrections.approve')}
            loading={approve.isPending}
            disabled={isBusy}
            onPress={() => approve.mutate(body)}
          />
        )}
      </Group>
    </Stack>
  );
}
