import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChangePasswordForm } from '../../app/change-password';
import { useSession } from '../../session/session';
import { Card, Page } from '../../ui/page';
import { toastDone } from '../../ui/toasts';
import { FactorsCard } from './factors-card';
import { SessionsCard } from './sessions-card';

/** The security of the own account: second factors, sessions, password. */
export function AccountScreen() {
  const { t } = useTranslation();
  const { me } = useSession();
  return (
    <Page title={t('access.account')} hint={<bdi>{me.username}</bdi>}>
      <Stack gap="md">
        <FactorsCard />
        <SessionsCard />
        <Card label={t('password.submit')}>
          <Stack gap="md" maw={480}>
            <Title order={2} size="h4">
              {t('password.submit')}
            </Title>
            <ChangePasswordForm onDone={() => toastDone(t('password.changed'))} />
          </Stack>
        </Card>
      </Stack>
    </Page>
  );
}
