import { Group, Text } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Prescriber, PrescriberPage } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { Ltr } from '../../ui/ltr';
import { usePersonName } from '../shared/names';

interface PrescriberPickerProps {
  value: Prescriber | null;
  onChange: (prescriber: Prescriber | null) => void;
  error?: string;
  ref?: Ref<HTMLInputElement>;
}

const MAX_HITS = 8;

/** Who wrote the prescription, by name or licence number. */
export function PrescriberPicker(props: PrescriberPickerProps) {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  return (
    <AsyncPicker<Prescriber>
      {...props}
      label={t('prescriptions.prescriber')}
      placeholder={t('prescriptions.prescriberPlaceholder')}
      required
      searchKey={(text) => keys.prescribers({ q: text })}
      search={async (text, signal) => {
        const answer = await api.search<PrescriberPage>(
          '/prescribers',
          { q: text, active: true, limit: MAX_HITS },
          signal,
        );
        return answer.data;
      }}
      itemKey={(prescriber) => prescriber.prescriberId}
      itemText={nameOf}
      renderItem={(prescriber) => (
        <Group justify="space-between">
          <Text size="sm" fw={600}>
            <bdi>{nameOf(prescriber)}</bdi>
          </Text>
          <Text size="xs" c="dimmed">
            <bdi>{prescriber.specialty}</bdi> <Ltr>{prescriber.licenceNumber}</Ltr>
          </Text>
        </Group>
      )}
    />
  );
}
