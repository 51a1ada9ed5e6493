import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasureRequest } from '../../api/erasure-types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useDecideErasure, useErasureRequests } from './erasure-queries';
import { RetentionCard } from './retention-card';

const TONES: Readonly<Record<ErasureRequest['status'], Tone>> = {
  pending: 'warn',
  refused: 'neutral',
  withdrawn: 'neutral',
  held: 'ok',
  done: 'ok',
};

/** Who asked to be erased and what came of it, and how long law keeps what. */
export function ErasuresScreen() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [decided, setDecided] = useState<ErasureRequest>();
  const list = useErasureRequests({ page, limit: 20 });
  useKeys([
    { combo: 'Escape', label: t('common.back'), run: () => window.history.back(), whileTyping: false },
  ]);
  const columns: Column<ErasureRequest>[] = [
    {
      id: 'patient',
      header: t('people.erasure.patient'),
      cell: (one) => (
        <Link
          to="/patients/$patientId"
          params={{ patientId: String(one.patientId) }}
          className={rowLinkClass}
        >
          <bdi>{one.patientName}</bdi>
        </Link>
      ),
    },
    {
      id: 'asked',
      header: t('people.erasure.asked'),
      cell: (one) => (
        <>
          {t(`people.erasure.by.${one.requestedBy}`)} · <DateTimeText value={one.recordedAt} />
        </>
      ),
    },
    {
      id: 'state',
      header: t('people.erasure.state'),
      cell: (one) => (
        <StatusBadge tone={TONES[one.status]}>{t(`people.erasure.status.${one.status}`)}</StatusBadge>
      ),
    },
    { id: 'held', header: t('people.erasure.heldTitle'), cell: (one) => <Held request={one} /> },
    {
      id: 'decide',
      header: t('people.erasure.decision'),
      cell: (one) =>
        one.status === 'pending' ? (
          <Button size="compact-sm" onClick={() => setDecided(one)}>
            {t('people.erasure.decide')}
          </Button>
        ) : (
          <bdi>{one.decisionReason ?? one.decidedBy}</bdi>
        ),
    },
  ];
  return (
    <Page title={t('nav.erasures')}>
      <Card flush>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data?.data.length === 0 && <EmptyView title={t('people.erasure.nothing')} />}
        {list.data && list.data.data.length > 0 && (
          <>
            <DataTable
              label={t('nav.erasures')}
              columns={columns}
              rows={list.data.data}
              rowKey={(one) => one.erasureRequestId}
            />
            <Pager meta={list.data.meta} onPage={setPage} />
          </>
        )}
      </Card>
      <RetentionCard />
      <Dialog
        opened={decided !== undefined}
        onClose={() => setDecided(undefined)}
        title={t('people.erasure.decide')}
      >
        {decided && <DecideForm request={decided} onDone={() => setDecided(undefined)} />}
      </Dialog>
    </Page>
  );
}

function Held({ request }: { request: ErasureRequest }) {
  const { t } = useTranslation();
  const open = request.holds.filter(({ releasedAt }) => releasedAt === null);
  return (
    <>
      {open.map(({ recordClass, heldUntil }) => (
        <Text size="xs" key={recordClass}>
          {t(`people.erasure.class.${recordClass}`)} {t('people.erasure.until')}{' '}
          <DateText value={heldUntil} />
        </Text>
      ))}
    </>
  );
}

function DecideForm({ request, onDone }: { request: ErasureRequest; onDone: () => void }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const [reason, setReason] = useState('');
  const decide = useDecideErasure(request.erasureRequestId);
  const hasReason = reason.trim().length >= 3;
  const run = (how: 'approve' | 'refuse' | 'withdraw') =>
    decide.mutate(how === 'approve' ? { how } : { how, reason: reason.trim() }, {
      onSuccess: ({ status }) => {
        toastDone(t(`people.erasure.status.${status}`));
        onDone();
      },
    });
  return (
    <Stack gap="sm">
      <ProblemAlert problem={decide.error} />
      <Title order={3} size="sm">
        <bdi>{request.patientName}</bdi>
      </Title>
      <Text size="sm">
        {t(`people.erasure.by.${request.requestedBy}`)}{' '}
        {request.requesterName !== null && <bdi>{request.requesterName}</bdi>} ·{' '}
        <bdi>{request.identityProof}</bdi> · <bdi>{request.reason}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        {t('people.erasure.recordedBy')} <bdi>{request.recordedBy}</bdi>
        {request.recordedBy === me.fullName && ` · ${t('people.erasure.yourself')}`}
      </Text>
      <TextInput
        label={t('people.erasure.decisionReason')}
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <Group justify="flex-end">
        <Button variant="default" disabled={!hasReason || decide.isPending} onClick={() => run('withdraw')}>
          {t('people.erasure.withdraw')}
        </Button>
        <Button variant="default" disabled={!hasReason || decide.isPending} onClick={() => run('refuse')}>
          {t('people.erasure.refuse')}
        </Button>
        <Button color="red.8" loading={decide.isPending} onClick={() => run('approve')}>
          {t('people.erasure.approve')}
        </Button>
      </Group>
    </Stack>
  );
}
