import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientConsent, RecordConsent } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useConsents, useRecordConsent } from './people-queries';

const KINDS = ['data_processing', 'reminders', 'data_sharing', 'research', 'marketing'] as const;
const METHODS = ['written', 'spoken', 'electronic'] as const;
const DECIDERS = ['patient', 'guardian', 'proxy'] as const;

type Kind = PatientConsent['kind'];

/** What the patient agreed to, as it holds today, and the way to record a decision; earlier ones are listed below it. */
export function ConsentsPanel({ patientId, mayWrite }: { patientId: number; mayWrite: boolean }) {
  const { t } = useTranslation();
  const consents = useConsents(patientId);
  const [asked, setAsked] = useState<Kind>();
  const columns = useColumns();
  if (consents.isPending) return <LoadingRows rows={3} />;
  if (consents.isError) return <ErrorView error={consents.error} retry={() => void consents.refetch()} />;
  const standing = new Map(consents.data.data.filter(({ holds }) => holds).map((one) => [one.kind, one]));
  const earlier = consents.data.data.filter(({ holds }) => !holds);
  return (
    <>
      <DataTable
        label={t('people.tab.consents')}
        columns={columns}
        rows={KINDS.map((kind) => ({ kind, decision: standing.get(kind) }))}
        rowKey={(row) => row.kind}
      />
      {mayWrite && (
        <Group p="sm">
          <KeyButton
            combo="G"
            label={t('people.consents.record')}
            variant="default"
            size="xs"
            onPress={() => setAsked('reminders')}
          />
        </Group>
      )}
      {earlier.length > 0 && (
        <Stack gap={2} px="md" pb="sm">
          <Text size="sm" fw={600}>
            {t('people.consents.earlier')}
          </Text>
          {earlier.map((one) => (
            <Text size="sm" c="dimmed" key={one.consentId}>
              <DateTimeText value={one.recordedAt} /> · {t(`people.consents.kind.${one.kind}`)} ·{' '}
              {t(`people.consents.decision.${one.decision}`)}
            </Text>
          ))}
        </Stack>
      )}
      {consents.data.data.length === 0 && <EmptyView title={t('people.consents.none')} />}
      <ConsentDialog
        key={asked}
        patientId={patientId}
        first={asked ?? 'reminders'}
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}

interface ConsentRow {
  kind: Kind;
  decision: PatientConsent | undefined;
}

function useColumns(): Column<ConsentRow>[] {
  const { t } = useTranslation();
  return [
    { id: 'kind', header: t('people.consents.to'), cell: ({ kind }) => t(`people.consents.kind.${kind}`) },
    {
      id: 'decision',
      header: t('people.consents.holds'),
      cell: ({ decision }) => (
        <StatusBadge tone={decision === undefined ? 'warn' : decision.decision === 'given' ? 'ok' : 'stop'}>
          {t(decision === undefined ? 'answer.notAsked' : `people.consents.decision.${decision.decision}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'when',
      header: t('history.when'),
      cell: ({ decision }) => (decision ? <DateTimeText value={decision.recordedAt} /> : null),
    },
    {
      id: 'how',
      header: t('people.consents.how'),
      cell: ({ decision }) =>
        decision && (
          <>
            {t(`people.consents.method.${decision.method}`)} · {t(`people.consents.by.${decision.decidedBy}`)}
            {decision.deciderName !== null && (
              <>
                {' '}
                <bdi>{decision.deciderName}</bdi>
              </>
            )}
          </>
        ),
    },
    {
      id: 'who',
      header: t('people.consents.recordedBy'),
      cell: ({ decision }) => decision && <bdi>{decision.recordedBy}</bdi>,
    },
  ];
}

interface ConsentDialogProps {
  patientId: number;
  first: Kind;
  opened: boolean;
  onClose: () => void;
}

/** Records that a consent was given or taken back, by whom and how. */
function ConsentDialog({ patientId, first, opened, onClose }: ConsentDialogProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>(first);
  const [decision, setDecision] = useState<RecordConsent['decision']>('given');
  const [method, setMethod] = useState<RecordConsent['method']>('spoken');
  const [decidedBy, setDecidedBy] = useState<(typeof DECIDERS)[number]>('patient');
  const [deciderName, setDeciderName] = useState('');
  const record = useRecordConsent(patientId, () => {
    toastDone(t('people.consents.recorded'));
    onClose();
  });
  const isComplete = decidedBy === 'patient' || deciderName.trim() !== '';

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isComplete) return;
    record.mutate({
      kind,
      decision,
      method,
      decidedBy,
      deciderName: decidedBy === 'patient' ? null : deciderName.trim(),
      note: null,
    });
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.consents.record')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={record.error} notSaved={t('patients.notSaved')} />
          <SimpleGrid cols={2} spacing="sm">
            <NativeSelect
              label={t('people.consents.to')}
              data-autofocus
              value={kind}
              onChange={({ currentTarget: { value } }) =>
                setKind(KINDS.find((one) => one === value) ?? 'reminders')
              }
              data={KINDS.map((value) => ({ value, label: t(`people.consents.kind.${value}`) }))}
            />
            <NativeSelect
              label={t('people.consents.what')}
              value={decision}
              onChange={({ currentTarget: { value } }) =>
                setDecision(value === 'withdrawn' ? 'withdrawn' : 'given')
              }
              data={(['given', 'withdrawn'] as const).map((value) => ({
                value,
                label: t(`people.consents.decision.${value}`),
              }))}
            />
            <NativeSelect
              label={t('people.consents.how')}
              value={method}
              onChange={({ currentTarget: { value } }) =>
                setMethod(METHODS.find((one) => one === value) ?? 'spoken')
              }
              data={METHODS.map((value) => ({ value, label: t(`people.consents.method.${value}`) }))}
            />
            <NativeSelect
              label={t('people.consents.decidedBy')}
              value={decidedBy}
              onChange={({ currentTarget: { value } }) =>
                setDecidedBy(DECIDERS.find((one) => one === value) ?? 'patient')
              }
              data={DECIDERS.map((value) => ({ value, label: t(`people.consents.by.${value}`) }))}
            />
          </SimpleGrid>
          {decidedBy !== 'patient' && (
            <TextInput
              label={t('people.consents.deciderName')}
              required
              maxLength={200}
              value={deciderName}
              onChange={({ currentTarget: { value } }) => setDeciderName(value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={record.isPending} disabled={!isComplete}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
