import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { Badge, QuickUnlock } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { useScan } from '../../ui/scan/scan';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';

/** PIN and badge of the user: what he has, and a new one after his password. */
export function QuickUnlockForm() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [pin, setPin] = useState('');
  const [password, setPassword] = useState('');
  const [scanned, setScanned] = useState<string>();
  const state = useQuery({
    queryKey: keys.quickUnlock,
    queryFn: ({ signal }) => api.get<QuickUnlock>('/auth/quick-unlock', undefined, signal),
  });
  const done = async () => {
    setPin('');
    setPassword('');
    setScanned(undefined);
    await queryClient.invalidateQueries({ queryKey: keys.quickUnlock });
  };
  const set = useMutation<void, Problem>({
    mutationFn: () => api.post('/auth/pin', { pin, password }),
    onSuccess: async () => {
      toastDone(t('quick.pinSet'));
      await done();
    },
  });
  const badge = useMutation<Badge, Problem>({
    mutationFn: () =>
      api.post<Badge>('/auth/badge', { password, ...(scanned === undefined ? {} : { code: scanned }) }),
    onSuccess: done,
  });
  const forget = useMutation<void, Problem>({
    mutationFn: () => api.delete('/auth/quick-unlock'),
    onSuccess: async () => {
      toastDone(t('quick.forgotten'));
      await done();
    },
  });

  // A badge there is already, such as the one that opens the door.
  useScan(setScanned);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    set.mutate();
  }

  return (
    <form onSubmit={onSubmit} aria-label={t('quick.title')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('quick.hint')}
        </Text>
        {state.data && (
          <Group gap="xs">
            <StatusBadge tone={state.data.isPinLocked ? 'stop' : state.data.hasPin ? 'ok' : 'neutral'}>
              {t(
                state.data.isPinLocked
                  ? 'quick.pinLocked'
                  : state.data.hasPin
                    ? 'quick.hasPin'
                    : 'quick.noPin',
              )}
            </StatusBadge>
            {state.data.hasBadge && <StatusBadge tone="ok">{t('quick.hasBadge')}</StatusBadge>}
          </Group>
        )}
        <ProblemAlert problem={set.error ?? badge.error ?? forget.error} notSaved={t('quick.notChanged')} />
        <Group grow align="flex-start">
          <PasswordInput
            label={t('quick.pin')}
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, '').slice(0, 8))}
            inputMode="numeric"
            autoComplete="off"
            pattern="[0-9]{4,8}"
            dir="ltr"
            required
            visibilityToggleButtonProps={{ 'aria-label': t('lock.show') }}
          />
          <PasswordInput
            label={t('quick.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            dir="ltr"
            required
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          />
        </Group>
        {scanned !== undefined && (
          <Text size="sm" role="status">
            {t('quick.scanned')} <Ltr>{scanned}</Ltr>
          </Text>
        )}
        {badge.data && (
          <div role="status">
            <Text size="sm">
              {t('quick.badgeCode')}: <Ltr>{badge.data.code}</Ltr>
            </Text>
            <Text size="sm" c="dimmed">
              {t('quick.badgeHint')}
            </Text>
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          {(state.data?.hasPin === true || state.data?.hasBadge === true) && (
            <Button variant="default" loading={forget.isPending} onClick={() => forget.mutate()}>
              {t('quick.forget')}
            </Button>
          )}
          <Button
            variant="default"
            loading={badge.isPending}
            disabled={password === ''}
            onClick={() => badge.mutate()}
          >
            {t(scanned === undefined ? 'quick.makeBadge' : 'quick.useBadge')}
          </Button>
          <Button type="submit" loading={set.isPending}>
            {t('quick.setPin')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
