import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { ClaimBatch } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, todayLocal } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useBatches, useCreateBatch, usePayersInUse } from './insurance-queries';

/** Hands a payer's claims over in a file, and fetches files made before. */
export function BatchDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('claims.batches')} size="xl">
      {opened && <Batches />}
    </Dialog>
  );
}

function Batches() {
  const { t } = useTranslation();
  const payers = usePayersInUse();
  const batches = useBatches({ limit: 10 });
  const [payerId, setPayerId] = useState('');
  const [from, setFrom] = useState(`${todayLocal().slice(0, 7)}-01`);
  const [to, setTo] = useState(todayLocal());
  const fetchFile = useMutation<string, Problem, number>({
    mutationFn: (batchId) => api.csv(`/claims/batches/${batchId}`, { format: 'csv' }),
    onSuccess: (text, batchId) => saveFile(`claim-batch-${batchId}.csv`, text),
  });
  const create = useCreateBatch((batch) => {
    toastDone(t('claims.batchMade', { number: batch.batchId, count: batch.claimCount }));
    fetchFile.mutate(batch.batchId);
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({ payerId: Number(payerId), from, to });
  }
  const columns: Column<ClaimBatch>[] = [
    { id: 'batch', header: t('claims.batch'), cell: (batch) => <Ltr>{batch.batchId}</Ltr> },
    { id: 'payer', header: t('claims.payer'), cell: (batch) => <bdi>{batch.payerName}</bdi> },
    {
      id: 'days',
      header: t('claims.serviceDate'),
      cell: (batch) => (
        <>
          <DateText value={batch.serviceFrom} /> – <DateText value={batch.serviceTo} />
        </>
      ),
    },
    { id: 'count', header: t('claims.count'), numeric: true, cell: (batch) => <Ltr>{batch.claimCount}</Ltr> },
    {
      id: 'total',
      header: t('claims.payerShare'),
      numeric: true,
      cell: (batch) => <MoneyText value={batch.total} />,
    },
    {
      id: 'file',
      header: t('claims.fetchFile'),
      hideHeader: true,
      cell: (batch) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('claims.fetchFileOf', { number: batch.batchId })}
          onClick={() => fetchFile.mutate(batch.batchId)}
        >
          {t('claims.fetchFile')}
        </Button>
      ),
    },
  ];
  return (
    <Stack gap="md">
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={create.error ?? fetchFile.error} notSaved={t('claims.noBatch')} />
          <Group align="flex-end">
            <NativeSelect
              label={t('claims.payer')}
              required
              value={payerId}
              onChange={(event) => setPayerId(event.currentTarget.value)}
              data={[
                { value: '', label: t('claims.choosePayer') },
                ...(payers.data?.data ?? []).map((one) => ({ value: String(one.payerId), label: one.name })),
              ]}
              data-autofocus
            />
            <TextInput
              label={t('claims.from')}
              type="date"
              required
              max={to}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              label={t('claims.to')}
              type="date"
              required
              min={from}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
            <Button type="submit" loading={create.isPending} disabled={payerId === ''}>
              {t('claims.makeBatch')}
            </Button>
          </Group>
        </Stack>
      </form>
      {batches.isPending && <LoadingRows rows={3} />}
      {batches.isError && <ErrorView error={batches.error} retry={() => void batches.refetch()} />}
      {batches.data?.data.length === 0 && (
        <EmptyView title={t('claims.noBatches')} hint={t('claims.noBatchesHint')} />
      )}
      {batches.data && batches.data.data.length > 0 && (
        <DataTable
          label={t('claims.batches')}
          columns={columns}
          rows={batches.data.data}
          rowKey={(batch) => batch.batchId}
        />
      )}
    </Stack>
  );
}
