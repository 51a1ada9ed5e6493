import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What is promised with a new prescription. */
export interface Promised {
  /** Local time of this PC as its field gives it; empty: the branch's minutes from now. */
  at: string;
  /** Whether somebody waits in the shop; empty: as the branch has it. */
  waiting: '' | 'yes' | 'no';
}

export const NOTHING_PROMISED: Promised = { at: '', waiting: '' };

/** What the server is told of it: nothing of what the branch decides. */
export function promiseOf({ at, waiting }: Promised): { promisedAt?: string; waitingInStore?: boolean } {
  return {
    ...(at === '' ? {} : { promisedAt: new Date(at).toISOString() }),
    ...(waiting === '' ? {} : { waitingInStore: waiting === 'yes' }),
  };
}

interface PromiseFieldsProps {
  value: Promised;
  onChange: (value: Promised) => void;
}

/** By when a prescription is promised, and whether somebody waits for it. */
export function PromiseFields({ value, onChange }: PromiseFieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={2} spacing="sm">
      <TextInput
        type="datetime-local"
        label={t('promise.at')}
        value={value.at}
        onChange={(event) => onChange({ ...value, at: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('promise.waiting')}
        value={value.waiting}
        onChange={(event) =>
          onChange({ ...value, waiting: event.currentTarget.value as Promised['waiting'] })
        }
        data={[
          { value: '', label: t('promise.usual') },
          { value: 'yes', label: t('promise.waits') },
          { value: 'no', label: t('promise.comesBack') },
        ]}
      />
    </SimpleGrid>
  );
}
