import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useAddCondition } from './patient-queries';

interface ConditionDialogProps {
  patientId: number;
  opened: boolean;
  onClose: () => void;
}

/** Records a disease or condition; without an ICD-10 code it is shown but cannot be screened. */
export function ConditionDialog({ patientId, opened, onClose }: ConditionDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [icd10, setIcd10] = useState('');
  const [onsetDate, setOnsetDate] = useState('');
  const add = useAddCondition(patientId, () => {
    toastDone(t('patients.conditionAdded'));
    setName('');
    setIcd10('');
    setOnsetDate('');
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    add.mutate({
      name: name.trim(),
      ...(icd10.trim() === '' ? {} : { icd10: icd10.trim().toUpperCase() }),
      ...(onsetDate === '' ? {} : { onsetDate }),
    });
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={t('patients.addCondition')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={add.error} notSaved={t('patients.notSaved')} />
          <TextInput
            label={t('patients.conditionName')}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('patients.icd10')}
            description={t('patients.icd10Hint')}
            value={icd10}
            onChange={(event) => setIcd10(event.currentTarget.value)}
            pattern="[A-Za-z][0-9]{2}(\.[0-9A-Za-z]{1,4})?"
            title={t('patients.icd10Hint')}
            dir="ltr"
          />
          <TextInput
            label={t('patients.onsetDate')}
            type="date"
            value={onsetDate}
            onChange={(event) => setOnsetDate(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
