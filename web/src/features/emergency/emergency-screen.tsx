import { Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmergencyAccess, EmergencyRecord } from '../../api/access-types';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';

/** A patient's record in an emergency, for who may not read it otherwise: with a reason, for half an hour. */
export function EmergencyScreen() {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const [record, setRecord] = useState<EmergencyRecord>();
  return (
    <Page
      title={t('emergency.title')}
      actions={<Button onClick={() => setIsAsking(true)}>{t('emergency.open')}</Button>}
    >
      <Stack gap="md">
        <Notice tone="warn" title={t('emergency.hint')}>
          <Text size="sm">{t('emergency.watched')}</Text>
        </Notice>
        {record && <Record record={record} />}
      </Stack>
      <Dialog opened={isAsking} onClose={() => setIsAsking(false)} title={t('emergency.open')}>
        <OpenForm
          onCancel={() => setIsAsking(false)}
          onOpened={(opened) => {
            setRecord(opened);
            setIsAsking(false);
          }}
        />
      </Dialog>
    </Page>
  );
}

function OpenForm({
  onCancel,
  onOpened,
}: {
  onCancel: () => void;
  onOpened: (record: EmergencyRecord) => void;
}) {
  const { t } = useTranslation();
  const [by, setBy] = useState<'name' | 'number'>('name');
  const [patientId, setPatientId] = useState('');
  const [lastName, setLastName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [reason, setReason] = useState('');
  const open = useMutation<EmergencyRecord, Problem>({
    mutationFn: async () => {
      const whose = by === 'number' ? { patientId: Number(patientId) } : { lastName, birthDate };
      const access = await api.post<EmergencyAccess>('/emergency-accesses', { ...whose, reason });
      return api.get<EmergencyRecord>(`/emergency-accesses/${access.emergencyAccessId}/record`);
    },
    onSuccess: onOpened,
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    open.mutate();
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={open.error} notSaved={t('emergency.notOpened')} />
        <SegmentedControl
          aria-label={t('emergency.by')}
          value={by}
          onChange={(value) => setBy(value)}
          data={[
            { value: 'name', label: t('emergency.byName') },
            { value: 'number', label: t('emergency.byNumber') },
          ]}
        />
        {by === 'number' ? (
          <TextInput
            label={t('emergency.patientId')}
            value={patientId}
            onChange={(event) => setPatientId(event.currentTarget.value.replace(/\D/g, ''))}
            inputMode="numeric"
            required
            dir="ltr"
            data-autofocus
          />
        ) : (
          <Group grow>
            <TextInput
              label={t('emergency.lastName')}
              value={lastName}
              onChange={(event) => setLastName(event.currentTarget.value)}
              required
              data-autofocus
            />
            <TextInput
              type="date"
              label={t('emergency.birthDate')}
              value={birthDate}
              onChange={(event) => setBirthDate(event.currentTarget.value)}
              required
            />
          </Group>
        )}
        <Textarea
          label={t('emergency.reason')}
          description={t('emergency.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          minLength={10}
          maxLength={500}
          required
        />
        <FormFoot isSaving={open.isPending} onCancel={onCancel} saveLabel={t('emergency.open')} />
      </Stack>
    </form>
  );
}

function Record({ record: { access, patient, prescriptions } }: { record: EmergencyRecord }) {
  const { t } = useTranslation();
  const list = (label: string, lines: readonly string[]) => (
    <div>
      <Title order={3} size="h5">
        {label}
      </Title>
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('emergency.none')}
        </Text>
      ) : (
        <ul style={{ margin: 0 }}>
          {lines.map((line, index) => (
            <li key={index}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
  return (
    <Card label={t('emergency.record')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          <bdi>
            {patient.firstName} {patient.lastName}
          </bdi>
        </Title>
        <Text size="sm">
          <Ltr>{patient.patientId}</Ltr> · <DateText value={patient.birthDate} /> · {t('emergency.until')}{' '}
          <DateTimeText value={access.expiresAt} />
        </Text>
        {list(
          t('emergency.allergies'),
          patient.allergies.map(({ substance, reaction }) =>
            [substance, reaction].filter(Boolean).join(' – '),
          ),
        )}
        {list(
          t('emergency.conditions'),
          patient.conditions.map(({ name }) => name),
        )}
        {list(
          t('emergency.medications'),
          patient.medications.map(({ name }) => name),
        )}
        {list(
          t('emergency.prescriptions'),
          prescriptions.map(({ rxNumber, drugName, sig }) => `${rxNumber} ${drugName} – ${sig}`),
        )}
      </Stack>
    </Card>
  );
}
