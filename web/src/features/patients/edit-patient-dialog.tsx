import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { formatDecimal, parseDecimal } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useUpdatePatient } from './patient-queries';

type Answer = 'notAsked' | 'yes' | 'no';

function toAnswer(value: boolean | null): Answer {
  if (value === null) return 'notAsked';
  return value ? 'yes' : 'no';
}

function fromAnswer(value: Answer): boolean | null {
  return value === 'notAsked' ? null : value === 'yes';
}

function plainWeight(weight: string | null): string {
  const value = weight === null ? undefined : parseDecimal(weight);
  return value === undefined ? '' : formatDecimal(value);
}

interface EditPatientDialogProps {
  patient: Patient;
  opened: boolean;
  onClose: () => void;
}

/** Changes what screening needs: weight, pregnancy, lactation; and the phone number. */
export function EditPatientDialog({ patient, opened, onClose }: EditPatientDialogProps) {
  const { t } = useTranslation();
  const [weightKg, setWeightKg] = useState(plainWeight(patient.weightKg));
  const [pregnant, setPregnant] = useState(toAnswer(patient.pregnant));
  const [lactating, setLactating] = useState(toAnswer(patient.lactating));
  const [phone, setPhone] = useState(patient.phone ?? '');
  const update = useUpdatePatient(patient);
  const answers = (['notAsked', 'yes', 'no'] as const).map((value) => ({
    value,
    label: t(`answer.${value}`),
  }));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    update.mutate(
      {
        weightKg: weightKg === '' ? null : weightKg,
        phone: phone.trim() === '' ? null : phone.trim(),
        ...(patient.sex === 'male'
          ? {}
          : { pregnant: fromAnswer(pregnant), lactating: fromAnswer(lactating) }),
      },
      {
        onSuccess: () => {
          toastDone(t('patients.saved'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={t('patients.edit')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={update.error} notSaved={t('patients.notSaved')} />
          <DecimalInput
            label={t('patients.weightKg')}
            value={weightKg}
            onChange={setWeightKg}
            data-autofocus
          />
          {patient.sex !== 'male' && (
            <>
              <NativeSelect
                label={t('patients.pregnant')}
                value={pregnant}
                onChange={(event) => setPregnant(event.currentTarget.value as Answer)}
                data={answers}
              />
              <NativeSelect
                label={t('patients.lactating')}
                value={lactating}
                onChange={(event) => setLactating(event.currentTarget.value as Answer)}
                data={answers}
              />
            </>
          )}
          <TextInput
            label={t('patients.phone')}
            type="tel"
            dir="ltr"
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
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
