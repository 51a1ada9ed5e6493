import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineSaleDetail } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useDecision } from './offline-queries';

interface OfflineDecisionProps {
  sale: OfflineSaleDetail;
  decision: 'post' | 'reject' | undefined;
  onClose: () => void;
}

/** What is asked before an offline sale is posted as it was sold, or ends without a sale. */
export function OfflineDecision({ sale, decision, onClose }: OfflineDecisionProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={decision !== undefined}
      onClose={onClose}
      title={decision === undefined ? '' : t(`offline.${decision}`)}
    >
      {decision === 'post' && <PostForm sale={sale} onClose={onClose} />}
      {decision === 'reject' && <RejectForm sale={sale} onClose={onClose} />}
    </Dialog>
  );
}

type FormProps = Pick<OfflineDecisionProps, 'sale' | 'onClose'>;

function PostForm({ sale, onClose }: FormProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const post = useDecision<{ note?: string }>(sale.offlineSaleId, 'post', () => {
    toastDone(t('offline.posted', { number: sale.receiptNumber }));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    post.mutate(note.trim() === '' ? {} : { note: note.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('offline.postHint')}</Text>
        <ProblemAlert problem={post.error} notSaved={t('offline.notPosted')} />
        <TextInput
          label={t('offline.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot isSaving={post.isPending} onCancel={onClose} saveLabel={t('offline.post')} />
      </Stack>
    </form>
  );
}

const CASH = ['kept', 'returned'] as const;

function RejectForm({ sale, onClose }: FormProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [cash, setCash] = useState<(typeof CASH)[number]>('kept');
  const reject = useDecision<{ note: string; cash: string }>(sale.offlineSaleId, 'reject', () => {
    toastDone(t('offline.rejected', { number: sale.receiptNumber }));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    reject.mutate({ note: note.trim(), cash });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">
          {t('offline.rejectHint')} <MoneyText value={sale.total} strong />
        </Text>
        <ProblemAlert problem={reject.error} notSaved={t('offline.notRejected')} />
        <TextInput
          label={t('offline.reason')}
          required
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label={t('offline.cashQuestion')}
          value={cash}
          onChange={(event) => setCash(CASH.find((one) => one === event.currentTarget.value) ?? 'kept')}
          data={CASH.map((value) => ({ value, label: t(`offline.cash.${value}`) }))}
        />
        <FormFoot
          isSaving={reject.isPending}
          onCancel={onClose}
          saveLabel={t('offline.reject')}
          disabled={note.trim() === ''}
        />
      </Stack>
    </form>
  );
}
