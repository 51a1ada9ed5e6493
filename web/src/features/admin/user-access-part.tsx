import { Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserAccess } from '../../api/access-types';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { UserRow } from '../../api/types';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useOneTimePassword } from './admin-queries';
import { OneTimeNotice } from './one-time-notice';
import { ResetFactorsDialog } from './reset-factors-dialog';

/** How somebody signs in, and help for who is locked out. */
export function UserAccessPart({ user }: { user: UserRow }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const key = ['users', 'access', user.userId];
  const access = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<UserAccess>(`/users/${user.userId}/access`, undefined, signal),
  });
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ['users'] });
  const endSessions = useMutation<void, Problem>({
    mutationFn: () => api.delete(`/users/${user.userId}/sessions`),
    onSuccess,
  });
  const [isResetting, setIsResetting] = useState(false);
  const oneTime = useOneTimePassword();
  return (
    <Stack gap="sm" mt="md">
      <Divider />
      <Title order={3} size="h5">
        {t('access.signingIn')}
      </Title>
      {access.isPending && <LoadingRows rows={1} />}
      {access.isError && <ErrorView error={access.error} retry={() => void access.refetch()} />}
      {access.data && (
        <Group gap="xs">
          {access.data.secondFactors.length === 0 && (
            <StatusBadge tone={access.data.isMfaRequired ? 'warn' : 'neutral'}>
              {t('access.noFactor')}
            </StatusBadge>
          )}
          {access.data.secondFactors.map((kind) => (
            <StatusBadge key={kind} tone="ok">
              {t(`access.kind.${kind}`)}
            </StatusBadge>
          ))}
          <Text size="sm">{t('access.sessionsOpen', { count: access.data.sessions.length })}</Text>
        </Group>
      )}
      <ProblemAlert problem={endSessions.error ?? oneTime.error} />
      {oneTime.data && <OneTimeNotice oneTime={oneTime.data} />}
      <Group>
        <Button variant="default" loading={endSessions.isPending} onClick={() => endSessions.mutate()}>
          {t('access.endAll')}
        </Button>
        <Button
          variant="default"
          disabled={access.data?.secondFactors.length === 0}
          onClick={() => setIsResetting(true)}
        >
          {t('access.resetFactors')}
        </Button>
        <Button variant="default" loading={oneTime.isPending} onClick={() => oneTime.mutate(user.userId)}>
          {t('access.oneTime')}
        </Button>
      </Group>
      {isResetting && <ResetFactorsDialog user={user} onClose={() => setIsResetting(false)} />}
    </Stack>
  );
}
