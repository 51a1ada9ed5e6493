import { Group, Stack, Text } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Patient, PatientPage } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { BirthText } from './birth-text';
import { AllergyStatusBadge } from './allergy-status-badge';
import { usePersonName } from './names';

interface PatientPickerProps {
  label: string;
  value: Patient | null;
  onChange: (patient: Patient | null) => void;
  required?: boolean;
  error?: string;
  autoFocus?: boolean;
  combo?: string;
  ref?: Ref<HTMLInputElement>;
}

const MAX_HITS = 8;

/** Searches patients by name, phone, birth date or number; birth date and phone are the second identifier. */
export function PatientPicker({ combo, ...rest }: PatientPickerProps) {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  return (
    <AsyncPicker<Patient>
      {...rest}
      placeholder={t('patients.pickerPlaceholder')}
      searchKey={(text) => keys.patientSearch({ q: text, limit: MAX_HITS })}
      search={async (text, signal) => {
        const answer = await api.search<PatientPage>('/patients', { q: text, limit: MAX_HITS }, signal);
        return answer.data;
      }}
      itemKey={(patient) => patient.patientId}
      itemText={nameOf}
      ariaKeys={combo}
      rightSection={combo === undefined ? undefined : <Keys combo={combo} />}
      renderItem={(patient) => (
        <Group justify="space-between" wrap="nowrap">
          <Stack gap={0}>
            <Text size="sm" fw={600}>
              <bdi>{nameOf(patient)}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              <BirthText of={patient} />
              {patient.phone !== null && (
                <>
                  {' · '}
                  <Ltr>{patient.phone}</Ltr>
                </>
              )}
            </Text>
          </Stack>
          <AllergyStatusBadge status={patient.allergyStatus} />
        </Group>
      )}
    />
  );
}
