import { Button, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page';

/** No screen has this address. */
export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page title={t('notFound.title')}>
      <Stack align="flex-start" gap="sm">
        <Text c="dimmed">{t('notFound.hint')}</Text>
        <Button onClick={() => void navigate({ to: '/' })}>{t('notFound.home')}</Button>
      </Stack>
    </Page>
  );
}
