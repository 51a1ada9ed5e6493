import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { PaperIntake } from '../shared/paper-intake';
import { usePapers, useWithdrawPaper } from '../shared/paper-queries';
import { PaperViewer } from '../shared/paper-viewer';
import classes from './prescriptions.module.css';

/** The papers of a prescription beside what was entered from them; adding one and withdrawing one, each for who may. */
export function PrescriptionPapers({ prescriptionId }: { prescriptionId: number }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const papers = usePapers(prescriptionId);
  const [withdrawing, setWithdrawing] = useState<number>();
  const mayWrite = can('WritePrescription');
  const standing = papers.data?.data.filter((paper) => paper.withdrawn === null) ?? [];
  const withdrawn = papers.data?.data.flatMap((paper) => paper.withdrawn ?? []) ?? [];
  if (!mayWrite && standing.length === 0 && withdrawn.length === 0 && !papers.isError) return null;
  return (
    <Card label={t('paper.title')}>
      <div className={standing.length > 0 ? classes['papers'] : undefined}>
        {mayWrite && (
          <PaperIntake prescriptionId={prescriptionId} onTaken={() => undefined}>
            {standing.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('paper.none')} · {t('paper.hint')}
              </Text>
            )}
          </PaperIntake>
        )}
        <PaperViewer
          prescriptionId={prescriptionId}
          actions={(paper) =>
            mayWrite && (
              <KeyButton
                combo="Alt+W"
                label={t('paper.withdraw')}
                variant="default"
                size="compact-xs"
                onPress={() => setWithdrawing(paper.documentId)}
              />
            )
          }
        />
        {withdrawn.map(({ by, at, reason }) => (
          <Text key={at} size="xs" c="dimmed">
            {t('paper.withdrawn', { name: by, reason })}
          </Text>
        ))}
      </div>
      <WithdrawDialog
        prescriptionId={prescriptionId}
        documentId={withdrawing}
        onClose={() => setWithdrawing(undefined)}
      />
    </Card>
  );
}

interface WithdrawDialogProps {
  prescriptionId: number;
  documentId: number | undefined;
  onClose: () => void;
}

/** Asks why a paper does not belong to the prescription; the reason stays in its place. */
function WithdrawDialog({ prescriptionId, documentId, onClose }: WithdrawDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawPaper(prescriptionId);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (documentId === undefined) return;
    withdraw.mutate(
      { documentId, reason: reason.trim() },
      {
        onSuccess: () => {
          toastDone(t('paper.withdrawnDone'));
          setReason('');
          onClose();
        },
      },
    );
  }

  return (
    <Dialog opened={documentId !== undefined} onClose={onClose} title={t('paper.withdrawTitle')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={withdraw.error} notSaved={t('paper.notWithdrawn')} />
          <Textarea
            label={t('paper.withdrawReason')}
            required
            minLength={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={withdraw.isPending}>
              {t('paper.withdraw')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
