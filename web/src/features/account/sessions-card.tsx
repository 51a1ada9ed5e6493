import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnSession, OwnSessions } from '../../api/access-types';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';

const SESSIONS = ['auth', 'sessions'] as const;

/** Where the user is signed in, and the end of it. */
export function SessionsCard() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const sessions = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => api.get<OwnSessions>('/auth/sessions', undefined, signal),
  });
  const refresh = () => queryClient.invalidateQueries({ queryKey: SESSIONS });
  const end = useMutation<void, Problem, number>({
    mutationFn: (sessionId) => api.delete(`/auth/sessions/${sessionId}`),
    onSuccess: refresh,
  });
  const endOthers = useMutation<void, Problem>({
    mutationFn: () => api.post('/auth/sessions/end-others'),
    onSuccess: refresh,
  });
  const columns: Column<OwnSession>[] = [
    {
      id: 'device',
      header: t('access.device'),
      cell: (session) => (
        <Stack gap={0}>
          <Text size="sm" lineClamp={1}>
            <Ltr>{session.userAgent ?? '–'}</Ltr>
          </Text>
          <Text size="xs" c="dimmed">
            <Ltr>{session.ipAddress ?? ''}</Ltr>
          </Text>
        </Stack>
      ),
    },
    { id: 'by', header: t('access.openedBy'), cell: (session) => t(`access.by.${session.openedBy}`) },
    {
      id: 'opened',
      header: t('access.openedAt'),
      cell: (session) => <DateTimeText value={session.openedAt} />,
    },
    {
      id: 'seen',
      header: t('access.lastSeen'),
      cell: (session) => <DateTimeText value={session.lastSeenAt} />,
    },
    {
      id: 'end',
      header: t('access.state'),
      cell: (session) =>
        session.isThisOne ? (
          <StatusBadge tone="ok">{t('access.thisOne')}</StatusBadge>
        ) : (
          <Button variant="default" size="compact-sm" onClick={() => end.mutate(session.sessionId)}>
            {t('access.end')}
          </Button>
        ),
    },
  ];
  return (
    <Card label={t('access.sessions')}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('access.sessions')}
          </Title>
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('access.endOthers')}
          </Button>
        </Group>
        <ProblemAlert problem={end.error ?? endOthers.error} />
        {sessions.isPending && <LoadingRows rows={2} />}
        {sessions.isError && <ErrorView error={sessions.error} retry={() => void sessions.refetch()} />}
        {sessions.data && (
          <DataTable
            label={t('access.sessions')}
            columns={columns}
            rows={sessions.data.data}
            rowKey={(session) => session.sessionId}
          />
        )}
      </Stack>
    </Card>
  );
}
