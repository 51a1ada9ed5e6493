import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient, PatientDuplicate, PatientMerge } from '../../api/types';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { usePersonName } from '../shared/names';
import { MergeSides } from './merge-sides';
import { useDuplicates, useMerge, useMerges, useUndoMerge } from './people-queries';

interface MergeDialogProps {
  patient: Patient;
  opened: boolean;
  onClose: () => void;
}

/** Another record of the same person: found, looked at side by side, confirmed where they differ, and taken over; or apart again. */
export function MergeDialog({ patient, opened, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const found = useDuplicates(patient.patientId, opened);
  const merges = useMerges(patient.patientId, opened);
  const [chosen, setChosen] = useState<PatientDuplicate>();
  const standing = merges.data?.data.find(
    (one) => one.undoneAt === null && one.survivorId === patient.patientId,
  );
  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.merge.title')} size="xl">
      {chosen ? (
        <MergeForm
          patient={patient}
          candidate={chosen}
          onBack={() => setChosen(undefined)}
          onDone={() => {
            setChosen(undefined);
            toastDone(t('people.merge.done'));
            onClose();
          }}
        />
      ) : (
        <Stack gap="sm">
          {found.isPending && <LoadingRows rows={3} />}
          {found.isError && <ErrorView error={found.error} retry={() => void found.refetch()} />}
          {found.data?.data.length === 0 && (
            <EmptyView title={t('people.merge.none')} hint={t('people.merge.noneHint')} />
          )}
          {found.data?.data.map((one, at) => (
            <Candidate
              key={one.patient.patientId}
              candidate={one}
              isFirst={at === 0}
              onChoose={() => setChosen(one)}
            />
          ))}
          {standing && <UndoForm patientId={patient.patientId} merge={standing} onDone={onClose} />}
        </Stack>
      )}
    </Dialog>
  );
}

interface CandidateProps {
  candidate: PatientDuplicate;
  isFirst: boolean;
  onChoose: () => void;
}

function Candidate({ candidate, isFirst, onChoose }: CandidateProps) {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  const { patient, agree, differ } = candidate;
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text fw={600}>
          <bdi>{nameOf(patient)}</bdi>{' '}
          <Text span size="sm" c="dimmed">
            <Ltr>#{patient.patientId}</Ltr>
          </Text>
        </Text>
        <Group gap={6}>
          {agree.map((what) => (
            <StatusBadge key={what} tone="ok">
              {t(`people.merge.agree.${what}`)}
            </StatusBadge>
          ))}
          {differ.map((what) => (
            <StatusBadge key={what} tone="warn">
              {t(`people.merge.differ.${what}`)}
            </StatusBadge>
          ))}
        </Group>
      </div>
      <Button
        variant="default"
        onClick={onChoose}
        aria-label={`${t('people.merge.compare')}: ${nameOf(patient)}`}
        {...(isFirst ? { 'data-autofocus': true } : {})}
      >
        {t('people.merge.compare')}
      </Button>
    </Group>
  );
}

interface MergeFormProps {
  patient: Patient;
  candidate: PatientDuplicate;
  onBack: () => void;
  onDone: () => void;
}

function MergeForm({ patient, candidate, onBack, onDone }: MergeFormProps) {
  const { t } = useTranslation();
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const merge = useMerge(patient.patientId, onDone);
  const isReady = reason.trim() !== '' && candidate.confirm.every((what) => confirmed.includes(what));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isReady) return;
    const { patientId: mergedId } = candidate.patient;
    merge.mutate({ mergedId, reason: reason.trim(), confirm: candidate.confirm });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={merge.error} notSaved={t('people.merge.notMerged')} />
        <MergeSides stays={patient} goes={candidate.patient} />
        {candidate.confirm.map((what) => (
          <Checkbox
            key={what}
            label={t('people.merge.confirm', { what: t(`people.merge.particular.${what}`) })}
            checked={confirmed.includes(what)}
            onChange={({ currentTarget: { checked } }) =>
              setConfirmed(checked ? [...confirmed, what] : confirmed.filter((one) => one !== what))
            }
          />
        ))}
        <TextInput
          label={t('people.merge.reason')}
          required
          autoFocus
          maxLength={500}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <Text size="sm" c="dimmed">
          {t('people.merge.hint')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t('common.back')}
          </Button>
          <Button type="submit" loading={merge.isPending} disabled={!isReady}>
            {t('people.merge.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface UndoFormProps {
  patientId: number;
  merge: PatientMerge;
  onDone: () => void;
}

/** The last merge, and the way to take the two records apart again. */
function UndoForm({ patientId, merge, onDone }: UndoFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const undo = useUndoMerge(patientId, () => {
    toastDone(t('people.merge.undone'));
    onDone();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') undo.mutate({ mergeId: merge.mergeId, reason: reason.trim() });
      }}
    >
      <Stack gap="xs">
        <Text size="sm">
          {t('people.merge.last')} <bdi>{merge.mergedName}</bdi> <Ltr>#{merge.mergedId}</Ltr> ·{' '}
          <DateTimeText value={merge.mergedAt} /> · <bdi>{merge.mergedBy}</bdi> · <bdi>{merge.reason}</bdi>
        </Text>
        <ProblemAlert problem={undo.error} notSaved={t('people.merge.notUndone')} />
        <Group align="flex-end">
          <TextInput
            label={t('people.merge.undoReason')}
            flex={1}
            maxLength={500}
            value={reason}
            onChange={({ currentTarget: { value } }) => setReason(value)}
          />
          <Button type="submit" variant="default" loading={undo.isPending} disabled={reason.trim() === ''}>
            {t('people.merge.undo')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
