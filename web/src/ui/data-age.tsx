import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../api/late-answers';
import { DateTimeText } from './date-text';

/** As of when what a screen shows is, where it was read from a copy of the database; nothing where it is of this moment. */
export function DataAge({ path }: { path: string }) {
  const { t } = useTranslation();
  const asOf = useAsOf(path);
  if (asOf === undefined) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('common.asOf')} <DateTimeText value={asOf} />
    </Text>
  );
}
