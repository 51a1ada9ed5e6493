import { Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { useSession } from '../session/session';
import { Dialog } from '../ui/dialog';
import { toastDone, toastRefused } from '../ui/toasts';
import { Link } from '@tanstack/react-router';
import { QuickUnlockForm } from '../features/lock/quick-unlock-form';
import { ChangePasswordForm } from './change-password';

// In one file for the browser: what the first load knows of each file it may fetch counts (ADR 18).
export { LockKey } from '../features/lock/lock-key';

/** Who is signed in and what he can do about himself: sign out, change his password. */
export function UserDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { me, signOut, can } = useSession();
  return (
    <Dialog opened={opened} onClose={onClose} title={me.fullName} closeOnClickOutside>
      <Stack gap="md">
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            <bdi>{me.username}</bdi> · <bdi>{me.roles.map((role) => role.name).join(', ')}</bdi>
          </Text>
          <Button
            data-autofocus
            leftSection={<IconLogout size={18} />}
            onClick={() => {
              signOut().catch((error: unknown) => {
                toastRefused(t('header.signOutFailed'), asProblem(error));
              });
            }}
          >
            {t('header.signOut')}
          </Button>
        </Group>
        <Group gap="lg">
          <Link to="/account" onClick={onClose}>
            {t('own.account')}
          </Link>
          {can('BreakGlass') && (
            <Link to="/emergency" onClick={onClose}>
              {t('own.emergency')}
            </Link>
          )}
          {can('ReviewEmergencyAccess') && (
            <Link to="/emergency/review" onClick={onClose}>
              {t('own.emergencies')}
            </Link>
          )}
        </Group>
        <Divider />
        <Title order={2}>{t('quick.title')}</Title>
        <QuickUnlockForm />
        <Divider />
        <Title order={2}>{t('password.submit')}</Title>
        <ChangePasswordForm
          onDone={() => {
            onClose();
            toastDone(t('password.changed'));
          }}
        />
      </Stack>
    </Dialog>
  );
}
