import { ActionIcon, Group } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem } from '../../api/problem';
import { useSession } from '../../session/session';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { toastRefused } from '../../ui/toasts';
import { FactorNotice } from '../account/factor-notice';
import { EmergencyNotice } from '../emergency/emergency-notice';
import { useIdleLock } from './idle-lock';

/** Locks the screen: by its button, by Ctrl+Shift+L, and when nobody touches it for as long as the branch allows. */
export function LockKey(_: { opened: boolean }) {
  const { t } = useTranslation();
  const { branch, cover } = useSession();
  const lock = () => {
    cover();
    api.post('/auth/lock').catch((error: unknown) => {
      const problem = asProblem(error);
      // Not signed in any more is locked enough; without an answer the screen stays covered all the same.
      if (problem.status !== 401 && problem.status !== 0) toastRefused(t('header.lock'), problem);
    });
  };
  useIdleLock(branch?.idleLockMinutes ?? 0, lock);
  useKeys([{ combo: 'Ctrl+Shift+L', label: t('header.lock'), run: lock }], { isFallback: true });
  return (
    <Group gap="xs" wrap="nowrap">
      <FactorNotice />
      <EmergencyNotice />
      <ActionIcon size="lg" aria-label={t('header.lock')} aria-keyshortcuts="Control+Shift+L" onClick={lock}>
        <IconLock size={20} />
      </ActionIcon>
    </Group>
  );
}
