import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Notice } from '../ui/notice';

const AGAIN_MS = 10_000;

/** Says above every screen that nothing can be saved, and asks the server now and then whether that is over. */
export function StorageBanner(_: { opened: boolean }) {
  const { t } = useTranslation();
  useEffect(() => {
    // Whatever it answers says whether there is space; without an answer it stays as it is.
    const ask = () => void api.get('/health/live').catch(() => undefined);
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Notice tone="stop" role="alert" title={t('storageLow.title')}>
      <Text size="sm">{t('storageLow.detail')}</Text>
    </Notice>
  );
}
