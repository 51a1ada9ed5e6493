import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient, PatientDetail } from '../../api/types';
import { DateText, todayLocal } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { StatusBadge } from '../../ui/status-badge';

interface BodyCardProps {
  patient: PatientDetail;
  mayWrite: boolean;
  onEdit: () => void;
  onMeasure: () => void;
}

/** What screening needs of a body, each with the day it was recorded; what is not known is marked. */
export function BodyCard({ patient, mayWrite, onEdit, onMeasure }: BodyCardProps) {
  const { t } = useTranslation();
  return (
    <Card label={t('patients.body')}>
      <Title order={2} mb={8}>
        {t('patients.body')}
      </Title>
      <Stack gap={6}>
        <Line label={t('patients.weight')} day={patient.weightRecordedOn}>
          {patient.weightKg !== null && (
            <>
              <QuantityText value={patient.weightKg} /> {t('unit.kg')}
            </>
          )}
        </Line>
        <Kidneys patient={patient} />
        <Line label={t('patients.childPugh')} day={patient.childPughRecordedOn}>
          {patient.childPugh !== null && t(`patients.childPughClass.${patient.childPugh}`)}
        </Line>
        {patient.sex !== 'male' && <Motherhood patient={patient} />}
        <Text size="sm">
          {t('patients.labelLanguage')} <strong>{t(`language.${patient.language}`)}</strong>
        </Text>
      </Stack>
      {mayWrite && (
        <Group mt="sm" gap="xs">
          <KeyButton
            combo="W"
            label={t('people.measure.short')}
            variant="default"
            size="xs"
            onPress={onMeasure}
          />
          <KeyButton combo="E" label={t('patients.edit')} variant="default" size="xs" onPress={onEdit} />
        </Group>
      )}
    </Card>
  );
}

/** Renal function as screening judges by it: measured, or computed from the creatinine, which is said; clearance beside it. */
function Kidneys({ patient }: { patient: PatientDetail }) {
  const { t } = useTranslation();
  const { egfr, basis, recordedOn, stage, isOld, notComputed, creatinineClearance } = patient.renalFunction;
  return (
    <>
      <Line label={t('patients.egfr')} day={recordedOn}>
        {egfr !== null && (
          <>
            <QuantityText value={egfr} /> <Ltr>{stage}</Ltr>
          </>
        )}
      </Line>
      {basis === 'computed' && (
        <Text size="xs" c="dimmed">
          {t('people.renal.computed')}
        </Text>
      )}
      {isOld && <StatusBadge tone="warn">{t('people.renal.old')}</StatusBadge>}
      {notComputed !== null && (
        <Text size="xs" c="dimmed">
          {t(`people.renal.notComputed.${notComputed}`)}
        </Text>
      )}
      {patient.creatinineUmolL !== null && (
        <Line label={t('people.creatinine')} day={patient.creatinineRecordedOn}>
          <Ltr>{patient.creatinineUmolL} µmol/L</Ltr>
        </Line>
      )}
      {creatinineClearance !== null && (
        <Text size="sm">
          {t('people.renal.clearance')} <Ltr>{creatinineClearance} mL/min</Ltr>
        </Text>
      )}
    </>
  );
}

function Line({ label, day, children }: { label: string; day: string | null; children: ReactNode }) {
  const { t } = useTranslation();
  const isKnown = children !== false;
  return (
    <Text size="sm">
      {label}{' '}
      {isKnown ? <strong>{children}</strong> : <StatusBadge tone="warn">{t('answer.notKnown')}</StatusBadge>}
      {isKnown && day !== null && <Day day={day} />}
    </Text>
  );
}

function Day({ day }: { day: string }) {
  return (
    <Text span size="xs" c="dimmed">
      {' '}
      (<DateText value={day} />)
    </Text>
  );
}

function Motherhood({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const { pregnant, trimester, dueDate, lactating } = patient;
  return (
    <>
      <Text size="sm">
        {t('patients.pregnant')} <Answer value={pregnant} />
        {pregnant !== null && patient.pregnancyRecordedOn !== null && (
          <Day day={patient.pregnancyRecordedOn} />
        )}
      </Text>
      {pregnant === true && (
        <Text size="sm">
          {dueDate === null ? (
            <>
              {t('patients.trimester')}{' '}
              <StatusBadge tone={trimester === null ? 'warn' : 'neutral'}>
                {trimester === null
                  ? t('answer.notKnown')
                  : t(`patients.trimesterNo.${trimester === 1 ? '1' : trimester === 2 ? '2' : '3'}`)}
              </StatusBadge>
            </>
          ) : (
            <>
              {t('patients.dueDate')}{' '}
              <strong>
                <DateText value={dueDate} />
              </strong>{' '}
              {dueDate < todayLocal() && <StatusBadge tone="warn">{t('patients.duePassed')}</StatusBadge>}
            </>
          )}
        </Text>
      )}
      <Text size="sm">
        {t('patients.lactating')} <Answer value={lactating} />
        {lactating !== null && patient.lactationRecordedOn !== null && (
          <Day day={patient.lactationRecordedOn} />
        )}
      </Text>
    </>
  );
}

function Answer({ value }: { value: boolean | null }) {
  const { t } = useTranslation();
  return (
    <StatusBadge tone={value === false ? 'neutral' : 'warn'}>
      {t(`answer.${value === null ? 'notAsked' : value ? 'yes' : 'no'}`)}
    </StatusBadge>
  );
}
