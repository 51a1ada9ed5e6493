import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { HubAnswer } from '../../api/types';
import { Notice } from '../../ui/notice';

/** Says, at a branch of a hub, that what this screen shows is changed there. */
export function HubNotice() {
  const { t } = useTranslation();
  const hub = useQuery({
    queryKey: keys.hub(),
    queryFn: ({ signal }) => api.get<HubAnswer>('/reference/hub', undefined, signal),
  });
  if (hub.data?.role !== 'branch') return null;
  return (
    <Notice tone="info" title={t('errors.managed-by-hub')}>
      <Text size="sm">{t('errorDetail.managed-by-hub')}</Text>
    </Notice>
  );
}
