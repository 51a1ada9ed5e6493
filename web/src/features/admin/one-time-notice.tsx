import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OneTimePassword } from '../../api/access-types';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';

/** A password that was made up for somebody; it is shown once. */
export function OneTimeNotice({ oneTime }: { oneTime: OneTimePassword }) {
  const { t } = useTranslation();
  return (
    <Notice tone="info" role="alert" title={t('access.oneTimeNow')}>
      <Ltr>
        <code data-one-time>{oneTime.password}</code>
      </Ltr>
      <Text size="sm">
        {t('access.oneTimeHint')} <DateTimeText value={oneTime.expiresAt} />
      </Text>
    </Notice>
  );
}
