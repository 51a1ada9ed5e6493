import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient, PatientDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { Notice } from '../../ui/notice';
import { StatusBadge } from '../../ui/status-badge';
import { BirthText } from '../shared/birth-text';
import { AllergyStatusBadge } from '../shared/allergy-status-badge';
import { localName, usePersonName } from '../shared/names';
import { EraseDialog } from '../erasure/erase-dialog';
import { AllergyDialog } from './allergy-dialog';
import { BodyCard } from './body-card';
import { ConditionDialog } from './condition-dialog';
import { DeceasedNotice } from './deceased-notice';
import { EditPatientDialog } from './edit-patient-dialog';
import { ExportDialog } from './export-dialog';
import { MeasureDialog } from './measure-dialog';
import { MergeDialog } from './merge-dialog';
import { NoteDialog } from './note-dialog';
import { PatientTabs } from './patient-tabs';
import classes from './people.module.css';
import { useAllergies, useConditions, usePatient, useUpdatePatient } from './patient-queries';

const route = getRouteApi('/patients/$patientId');

/** One patient: allergies before anything else, then what screening needs, then medicines and all that hangs on the person. */
export function PatientScreen() {
  const { patientId } = route.useParams();
  const patient = usePatient(Number.parseInt(patientId, 10));
  if (patient.isPending) return <LoadingRows />;
  if (patient.isError) return <ErrorView error={patient.error} retry={() => void patient.refetch()} />;
  return <PatientPage patient={patient.data} />;
}

type OpenDialog = 'allergy' | 'condition' | 'edit' | 'measure' | 'note' | 'merge' | 'export' | 'erase';

function PatientPage({ patient }: { patient: PatientDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const nameOf = usePersonName();
  const [dialog, setDialog] = useState<OpenDialog>();
  const close = () => setDialog(undefined);
  const knowsWho = can('IdentifyPatients');
  // Who sees initials alone would write them back.
  const isErased = patient.erasedAt !== null;
  const mayWrite = can('WritePatient') && knowsWho && !isErased;
  const { patientId } = patient;
  useKeys([
    { combo: 'Escape', label: t('common.back'), run: () => window.history.back(), whileTyping: false },
  ]);

  return (
    <Page
      title={nameOf(patient)}
      hint={
        <>
          <BirthText of={patient} withAge /> · {t(`sex.${patient.sex}`)}
          {patient.phone !== null && (
            <>
              {' · '}
              <Ltr>{patient.phone}</Ltr>
            </>
          )}
        </>
      }
      actions={
        <Group gap="xs">
          {can('ErasePatient') && knowsWho && !isErased && (
            <KeyButton
              combo="Z"
              label={t('people.erasure.button')}
              variant="default"
              onPress={() => setDialog('erase')}
            />
          )}
          {can('ExportPatient') && knowsWho && (
            <KeyButton
              combo="X"
              label={t('people.export.open')}
              variant="default"
              onPress={() => setDialog('export')}
            />
          )}
          {can('MergePatients') && knowsWho && !isErased && (
            <KeyButton
              combo="M"
              label={t('people.merge.open')}
              variant="default"
              onPress={() => setDialog('merge')}
            />
          )}
          {can('Sell') && !patient.isDeceased && !isErased && (
            <KeyButton
              combo="F4"
              label={t('patients.toTill')}
              variant="default"
              onPress={() => void navigate({ to: '/till', search: { patientId } })}
            />
          )}
          {can('WritePrescription') && !patient.isDeceased && !isErased && (
            <KeyButton
              combo="F9"
              label={t('prescriptions.new')}
              onPress={() => void navigate({ to: '/prescriptions/new', search: { patientId } })}
            />
          )}
        </Group>
      }
    >
      {patient.isSample && (
        <Group>
          <StatusBadge tone="neutral">{t('patients.sample')}</StatusBadge>
        </Group>
      )}
      {isErased && (
        <Notice tone="stop" title={t('people.erasure.erasedTitle')}>
          {t('people.erasure.erasedHint')}
        </Notice>
      )}
      {patient.isDeceased && <DeceasedNotice patient={patient} />}
      <div className={classes['cards']}>
        <Allergies patient={patient} mayWrite={mayWrite} onAdd={() => setDialog('allergy')} />
        <Conditions patient={patient} mayWrite={mayWrite} onAdd={() => setDialog('condition')} />
        <BodyCard
          patient={patient}
          mayWrite={mayWrite}
          onEdit={() => setDialog('edit')}
          onMeasure={() => setDialog('measure')}
        />
      </div>
      <PatientTabs patient={patient} mayWrite={mayWrite} onNote={() => setDialog('note')} />
      <AllergyDialog patientId={patientId} opened={dialog === 'allergy'} onClose={close} />
      <ConditionDialog patientId={patientId} opened={dialog === 'condition'} onClose={close} />
      <EditPatientDialog key={patient.version} patient={patient} opened={dialog === 'edit'} onClose={close} />
      <MeasureDialog
        key={`m${patient.version}`}
        patient={patient}
        opened={dialog === 'measure'}
        onClose={close}
      />
      <NoteDialog key={`n${patient.version}`} patient={patient} opened={dialog === 'note'} onClose={close} />
      <MergeDialog patient={patient} opened={dialog === 'merge'} onClose={close} />
      <EraseDialog patientId={patientId} opened={dialog === 'erase'} onClose={close} />
      <ExportDialog patientId={patientId} opened={dialog === 'export'} onClose={close} />
    </Page>
  );
}

interface PartProps {
  patient: Patient;
  mayWrite: boolean;
}

function Allergies({ patient, mayWrite, onAdd }: PartProps & { onAdd: () => void }) {
  const { t, i18n } = useTranslation();
  const allergies = useAllergies(patient.patientId);
  const update = useUpdatePatient(patient);
  const active = (allergies.data?.data ?? []).filter((one) => one.status === 'active');
  return (
    <Card label={t('patients.allergies')}>
      <Group justify="space-between" mb={8}>
        <Title order={2}>{t('patients.allergies')}</Title>
        <AllergyStatusBadge status={patient.allergyStatus} />
      </Group>
      {allergies.isPending && <LoadingRows rows={2} />}
      {allergies.isError && <ErrorView error={allergies.error} retry={() => void allergies.refetch()} />}
      {allergies.data && active.length === 0 && (
        <Text size="sm" c="dimmed">
          {patient.allergyStatus === 'none_known' ? t('patients.noneKnownHint') : t('patients.notAskedHint')}
        </Text>
      )}
      <Stack gap={6}>
        {active.map((one) => (
          <div key={one.allergyId}>
            <Text size="sm" fw={600}>
              <bdi>{localName({ name: one.substance, nameAr: one.substanceAr }, i18n.language)}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              {t(`reactionSeverity.${one.severity}`)}
              {one.reaction !== null && (
                <>
                  {' · '}
                  <bdi>{one.reaction}</bdi>
                </>
              )}
            </Text>
          </div>
        ))}
      </Stack>
      <ProblemAlert problem={update.error} notSaved={t('patients.notSaved')} />
      {mayWrite && (
        <Group gap="xs" mt="sm">
          <KeyButton combo="A" label={t('patients.addAllergy')} variant="default" size="xs" onPress={onAdd} />
          {patient.allergyStatus === 'not_asked' && (
            <Button
              variant="default"
              size="xs"
              loading={update.isPending}
              onClick={() => update.mutate({ allergyStatus: 'none_known' })}
            >
              {t('patients.setNoneKnown')}
            </Button>
          )}
        </Group>
      )}
    </Card>
  );
}

function Conditions({ patient, mayWrite, onAdd }: PartProps & { onAdd: () => void }) {
  const { t } = useTranslation();
  const conditions = useConditions(patient.patientId);
  const active = (conditions.data?.data ?? []).filter((one) => one.status === 'active');
  return (
    <Card label={t('patients.conditions')}>
      <Title order={2} mb={8}>
        {t('patients.conditions')}
      </Title>
      {conditions.isPending && <LoadingRows rows={2} />}
      {conditions.isError && <ErrorView error={conditions.error} retry={() => void conditions.refetch()} />}
      {conditions.data && active.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('patients.noConditions')}
        </Text>
      )}
      <Stack gap={6}>
        {active.map((one) => (
          <Text size="sm" key={one.conditionId}>
            <bdi>{one.name}</bdi>{' '}
            {one.icd10 !== null && (
              <Text span size="xs" c="dimmed">
                <Ltr>{one.icd10}</Ltr>
              </Text>
            )}
          </Text>
        ))}
      </Stack>
      {mayWrite && (
        <Group mt="sm">
          <KeyButton
            combo="C"
            label={t('patients.addCondition')}
            variant="default"
            size="xs"
            onPress={onAdd}
          />
        </Group>
      )}
    </Card>
  );
}
