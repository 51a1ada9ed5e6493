import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmergencyAccess, EmergencyReview } from '../../api/access-types';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { emergencies } from './emergency-queries';

/** What was opened in emergencies, for who judges afterwards whether it was needed. */
export function EmergencyReviewScreen() {
  const { t } = useTranslation();
  const { me } = useSession();
  const [page, setPage] = useState(1);
  const [judged, setJudged] = useState<EmergencyAccess>();
  const list = useQuery(emergencies({ page, limit: 20 }));
  const columns: Column<EmergencyAccess>[] = [
    { id: 'when', header: t('emergency.openedAt'), cell: (one) => <DateTimeText value={one.openedAt} /> },
    { id: 'who', header: t('emergency.who'), cell: (one) => <Ltr>{one.username}</Ltr> },
    { id: 'patient', header: t('emergency.patientId'), cell: (one) => <Ltr>{one.patientId}</Ltr> },
    { id: 'why', header: t('emergency.reason'), cell: (one) => <bdi>{one.reason}</bdi> },
    {
      id: 'state',
      header: t('emergency.review'),
      cell: (one) => {
        if (one.outcome !== null)
          return (
            <StatusBadge tone={one.outcome === 'justified' ? 'ok' : 'stop'}>
              {t(`emergency.outcome.${one.outcome}`)}
            </StatusBadge>
          );
        if (one.userId === me.userId)
          return <StatusBadge tone="warn">{t('emergency.byAnother')}</StatusBadge>;
        return (
          <Button size="compact-sm" onClick={() => setJudged(one)}>
            {t('emergency.review')}
          </Button>
        );
      },
    },
  ];
  return (
    <Page title={t('emergency.reviewTitle')}>
      <Card flush>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data?.data.length === 0 && <EmptyView title={t('emergency.nothing')} />}
        {list.data && list.data.data.length > 0 && (
          <>
            <DataTable
              label={t('emergency.reviewTitle')}
              columns={columns}
              rows={list.data.data}
              rowKey={(one) => one.emergencyAccessId}
            />
            <Pager meta={list.data.meta} onPage={setPage} />
          </>
        )}
      </Card>
      <Dialog
        opened={judged !== undefined}
        onClose={() => setJudged(undefined)}
        title={t('emergency.review')}
      >
        {judged && <ReviewForm access={judged} onDone={() => setJudged(undefined)} />}
      </Dialog>
    </Page>
  );
}

function ReviewForm({ access, onDone }: { access: EmergencyAccess; onDone: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const review = useMutation<EmergencyAccess, Problem, EmergencyReview['outcome']>({
    mutationFn: (outcome) =>
      api.post<EmergencyAccess>(`/emergency-accesses/${access.emergencyAccessId}/review`, {
        outcome,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['emergency-accesses'] });
      onDone();
    },
  });
  return (
    <Stack gap="sm">
      <ProblemAlert problem={review.error} />
      <Text>
        <bdi>{access.reason}</bdi>
      </Text>
      <TextInput
        label={t('emergency.note')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end">
        <Button variant="default" loading={review.isPending} onClick={() => review.mutate('not_justified')}>
          {t('emergency.outcome.not_justified')}
        </Button>
        <Button loading={review.isPending} onClick={() => review.mutate('justified')}>
          {t('emergency.outcome.justified')}
        </Button>
      </Group>
    </Stack>
  );
}
