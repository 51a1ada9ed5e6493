import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockCount } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useCountCommand } from './count-queries';
import { WorthText } from './count-texts';

interface CountDialogProps {
  count: StockCount;
  opened: boolean;
  onClose: () => void;
}

/** Hands a count in; what was not counted stays as it is only where that is said. */
export function HandInDialog({ uncounted, ...props }: CountDialogProps & { uncounted: number }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('counts.handIn')}>
      <HandInForm {...props} uncounted={uncounted} />
    </Dialog>
  );
}

function HandInForm({ count, uncounted, onClose }: CountDialogProps & { uncounted: number }) {
  const { t } = useTranslation();
  const [leaves, setLeaves] = useState(false);
  const submit = useCountCommand<{ leaveUncounted: boolean }>(count.countId, 'submit', () => {
    toastDone(t('counts.handedIn'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    submit.mutate({ leaveUncounted: leaves });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>{t('counts.done', { done: count.counted, all: count.lines })}</Text>
        {count.toRecount > 0 && (
          <Notice tone="warn" title={t('counts.againFirst', { count: count.toRecount })} />
        )}
        {uncounted > 0 && (
          <Checkbox
            label={t('counts.leave', { count: uncounted })}
            checked={leaves}
            onChange={(event) => setLeaves(event.currentTarget.checked)}
          />
        )}
        <Text size="sm">{t('counts.handInHint')}</Text>
        <ProblemAlert problem={submit.error} notSaved={t('counts.notHandedIn')} />
        <FormFoot
          isSaving={submit.isPending}
          onCancel={onClose}
          saveLabel={t('counts.handIn')}
          disabled={count.toRecount > 0 || (uncounted > 0 && !leaves)}
        />
      </Stack>
    </form>
  );
}

/** Ends a count without posting anything. */
export function CancelCountDialog(props: CountDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('counts.cancel')}>
      <CancelForm {...props} />
    </Dialog>
  );
}

function CancelForm({ count, onClose }: CountDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const cancel = useCountCommand<{ reason: string }>(count.countId, 'cancel', () => {
    toastDone(t('counts.cancelled'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    cancel.mutate({ reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('counts.cancelHint')}</Text>
        <ProblemAlert problem={cancel.error} notSaved={t('counts.notCancelled')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={cancel.isPending}
          onCancel={onClose}
          saveLabel={t('counts.cancel')}
          disabled={reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}

/** Posts what differs, each lot once. */
export function ApproveCountDialog(props: CountDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('counts.approve')}>
      <ApproveForm {...props} />
    </Dialog>
  );
}

function ApproveForm({ count, onClose }: CountDialogProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const approve = useCountCommand<{ note?: string }>(count.countId, 'approve', () => {
    toastDone(t('counts.approved'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    approve.mutate(note.trim() === '' ? {} : { note: note.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text>
          {t('counts.differing', { count: count.differing ?? 0 })} ·{' '}
          <WorthText value={count.differenceValue} />
        </Text>
        <Text size="sm">{t('counts.approveHint')}</Text>
        <ProblemAlert problem={approve.error} notSaved={t('counts.notApproved')} />
        <TextInput
          label={t('counts.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot isSaving={approve.isPending} onCancel={onClose} saveLabel={t('counts.approve')} />
      </Stack>
    </form>
  );
}
