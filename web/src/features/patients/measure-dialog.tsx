import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientDetail } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useUpdatePatient } from './patient-queries';

const UNITS = { 'umol/L': 'µmol/L', 'mg/dL': 'mg/dL' } as const;

interface MeasureDialogProps {
  patient: PatientDetail;
  opened: boolean;
  onClose: () => void;
}

/** Weight and creatinine of one day, quickly; renal function is computed by the server and stands on the page afterwards. */
export function MeasureDialog({ patient, opened, onClose }: MeasureDialogProps) {
  const { t } = useTranslation();
  const [weightKg, setWeightKg] = useState('');
  const [creatinine, setCreatinine] = useState('');
  const [unit, setUnit] = useState<keyof typeof UNITS>('umol/L');
  const [day, setDay] = useState(todayLocal());
  const update = useUpdatePatient(patient, () => {
    toastDone(t('patients.saved'));
    onClose();
  });
  const isComplete = weightKg !== '' || creatinine !== '';

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isComplete) return;
    update.mutate({
      ...(weightKg === '' ? {} : { weightKg, weightRecordedOn: day }),
      ...(creatinine === '' ? {} : { creatinine: { value: creatinine, unit }, creatinineRecordedOn: day }),
    });
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.measure.title')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={update.error} notSaved={t('patients.notSaved')} />
          <SimpleGrid cols={2} spacing="sm">
            <DecimalInput
              label={t('patients.weightKg')}
              data-autofocus
              value={weightKg}
              onChange={setWeightKg}
            />
            <TextInput
              label={t('people.measure.day')}
              type="date"
              max={todayLocal()}
              value={day}
              onChange={({ currentTarget: { value } }) => setDay(value)}
            />
            <DecimalInput label={t('people.creatinine')} value={creatinine} onChange={setCreatinine} />
            <NativeSelect
              label={t('people.measure.unit')}
              value={unit}
              onChange={({ currentTarget: { value } }) => setUnit(value === 'mg/dL' ? 'mg/dL' : 'umol/L')}
              data={Object.entries(UNITS).map(([value, label]) => ({ value, label }))}
            />
          </SimpleGrid>
          <Text size="sm" c="dimmed">
            {t('people.measure.hint')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={update.isPending} disabled={!isComplete}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
