import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { AsyncPicker } from '../../ui/async-picker';
import { Ltr } from '../../ui/ltr';
import { localName } from '../shared/names';
import type { ReferenceEntry, ReferencePage } from './reference-queries';

/** What is chosen: enough to show it and to send it. */
export type Chosen = Pick<ReferenceEntry, 'id' | 'name' | 'nameAr'>;

interface ReferencePickerProps {
  path: string;
  label: string;
  value: Chosen | null;
  onChange: (entry: ReferenceEntry | null) => void;
  placeholder?: string;
  description?: string;
  required?: boolean;
  error?: string;
  autoFocus?: boolean;
  isLabelHidden?: boolean;
  clearAfterPick?: boolean;
}

const MAX_HITS = 12;

/** Chooses an entry of a list of the catalogue (company, form, route, category, ingredient) by typing. */
export function ReferencePicker({ path, onChange, ...rest }: ReferencePickerProps) {
  const { t, i18n } = useTranslation();
  const query = (text: string) => ({ q: text === '' ? undefined : text, limit: MAX_HITS });
  return (
    <AsyncPicker<Chosen & Partial<ReferenceEntry>>
      {...rest}
      placeholder={rest.placeholder ?? t('catalog.pickPlaceholder')}
      minLength={0}
      searchKey={(text) => keys.referenceList(path, query(text))}
      search={async (text, signal) => (await api.get<ReferencePage>(path, query(text), signal)).data}
      itemKey={(entry) => entry.id}
      itemText={(entry) => localName({ name: entry.name, nameAr: entry.nameAr ?? null }, i18n.language)}
      onChange={(entry) => onChange(entry === null ? null : { version: 0, ...entry })}
      renderItem={(entry) => (
        <Group justify="space-between" wrap="nowrap" gap="md">
          <Text size="sm">
            <bdi>{entry.name}</bdi>
            {entry.nameAr && (
              <Text span size="xs" c="dimmed">
                {' · '}
                <bdi>{entry.nameAr}</bdi>
              </Text>
            )}
          </Text>
          {(entry.atcCode ?? entry.code) && (
            <Text span size="xs" c="dimmed">
              <Ltr>{entry.atcCode ?? entry.code}</Ltr>
            </Text>
          )}
        </Group>
      )}
    />
  );
}
