import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface StatusFilterProps {
  /** undefined: whatever the state. */
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

/** Narrows a list to what stands in one state; it has the focus, so that the arrows choose. */
export function StatusFilter({ value, options, onChange }: StatusFilterProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('stock.status')}
      value={value ?? ''}
      autoFocus
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[{ value: '', label: t('stock.anyStatus') }, ...options]}
    />
  );
}
