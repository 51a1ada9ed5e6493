import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useUpdatePatient } from './patient-queries';
import { changesOf, type StateDraft, stateOf } from './patient-state.domain';
import { StateFields } from './state-fields';

interface EditPatientDialogProps {
  patient: Patient;
  opened: boolean;
  onClose: () => void;
}

/** Changes what screening needs, and the phone number. What is not touched keeps the day it was recorded. */
export function EditPatientDialog({ patient, opened, onClose }: EditPatientDialogProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<StateDraft>(() => stateOf(patient));
  const [isConfirmed, setIsConfirmed] = useState(false);
  const [phone, setPhone] = useState(patient.phone ?? '');
  const [isDeceased, setIsDeceased] = useState(patient.isDeceased);
  const [deceasedOn, setDeceasedOn] = useState(patient.deceasedOn ?? '');
  const update = useUpdatePatient(patient, () => {
    toastDone(t('patients.saved'));
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    update.mutate({
      ...changesOf(patient, draft, isConfirmed),
      phone: phone.trim() === '' ? null : phone.trim(),
      ...(isDeceased === patient.isDeceased ? {} : { isDeceased }),
      ...(isDeceased && deceasedOn !== (patient.deceasedOn ?? '') ? { deceasedOn: deceasedOn || null } : {}),
    });
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={t('patients.edit')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={update.error} notSaved={t('patients.notSaved')} />
          <SimpleGrid cols={2} spacing="sm">
            <StateFields draft={draft} sex={patient.sex} onChange={setDraft} autoFocus />
            <TextInput
              label={t('patients.phone')}
              type="tel"
              dir="ltr"
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
            />
          </SimpleGrid>
          <Checkbox
            label={t('patients.confirmToday')}
            description={t('patients.confirmTodayHint')}
            checked={isConfirmed}
            onChange={(event) => setIsConfirmed(event.currentTarget.checked)}
          />
          <Checkbox
            label={t('people.deceased.mark')}
            description={t('people.deceased.markHint')}
            checked={isDeceased}
            onChange={(event) => setIsDeceased(event.currentTarget.checked)}
          />
          {isDeceased && (
            <TextInput
              label={t('people.deceased.on')}
              type="date"
              max={todayLocal()}
              value={deceasedOn}
              onChange={(event) => setDeceasedOn(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
