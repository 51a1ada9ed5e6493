import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceBatch, TraceBatchPage } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { CountText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useBatchFile, useTraceBatches, useTraceCommand } from './pack-queries';
import { ReasonDialog } from './reason-dialog';

type Row = TraceBatchPage['data'][number];
const TONES = { exported: 'info', accepted: 'ok', rejected: 'stop' } as const;

interface TraceBatchesProps {
  page: number;
  onPage: (page: number) => void;
}

/** Batches given out, as files, and what was answered to each. */
export function TraceBatches({ page, onPage }: TraceBatchesProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [answered, setAnswered] = useState<{ row: Row; command: TraceBatch['commands'][number] }>();
  const batches = useTraceBatches(page);
  const mayAnswer = can('WriteInventory');
  const columns: Column<Row>[] = [
    { id: 'no', header: t('fills.number'), cell: (row) => <Ltr>{row.traceBatchId}</Ltr> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.createdAt} /> },
    { id: 'who', header: t('history.who'), cell: (row) => <bdi>{row.createdBy ?? '–'}</bdi> },
    {
      id: 'events',
      header: t('packs.view.events'),
      numeric: true,
      cell: (row) => <CountText value={row.eventCount} />,
    },
    {
      id: 'status',
      header: t('stock.status'),
      cell: (row) => (
        <>
          <StatusBadge tone={TONES[row.status]}>{t(`packs.batch.${row.status}`)}</StatusBadge>{' '}
          {row.statusReason !== null && <bdi>{row.statusReason}</bdi>}
        </>
      ),
    },
    {
      id: 'files',
      header: t('packs.files'),
      hideHeader: true,
      cell: (row) => <Files traceBatchId={row.traceBatchId} />,
    },
    {
      id: 'answer',
      header: t('packs.answer'),
      hideHeader: true,
      cell: (row) =>
        mayAnswer &&
        row.status === 'exported' && (
          <Group gap="xs" wrap="nowrap">
            {(['accept', 'reject'] as const).map((command) => (
              <Button
                key={command}
                variant="default"
                size="xs"
                aria-label={t(`packs.${command}No`, { no: row.traceBatchId })}
                onClick={() => setAnswered({ row, command })}
              >
                {t(`packs.${command}`)}
              </Button>
            ))}
          </Group>
        ),
    },
  ];
  return (
    <>
      <Card flush isBusy={batches.isPlaceholderData}>
        {batches.isPending && <LoadingRows />}
        {batches.isError && <ErrorView error={batches.error} retry={() => void batches.refetch()} />}
        {batches.data?.data.length === 0 && (
          <EmptyView title={t('packs.noBatches')} hint={t('packs.noBatchesHint')} />
        )}
        {batches.data && batches.data.data.length > 0 && (
          <>
            <DataTable
              label={t('packs.view.batches')}
              columns={columns}
              rows={batches.data.data}
              rowKey={(row) => row.traceBatchId}
            />
            <Pager meta={batches.data.meta} onPage={onPage} />
          </>
        )}
      </Card>
      {answered && <AnswerDialog {...answered} onClose={() => setAnswered(undefined)} />}
    </>
  );
}

function Files({ traceBatchId }: { traceBatchId: number }) {
  const { t } = useTranslation();
  const file = useBatchFile(traceBatchId);
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        {(['csv', 'epcis'] as const).map((format) => (
          <Button
            key={format}
            variant="subtle"
            size="xs"
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            aria-label={t(`packs.download.${format}`, { no: traceBatchId })}
            loading={file.isPending && file.variables === format}
            onClick={() => file.mutate(format)}
          >
            <Ltr>{format === 'csv' ? 'CSV' : 'EPCIS'}</Ltr>
          </Button>
        ))}
      </Group>
      <ProblemAlert problem={file.error} notSaved={t('packs.notDownloaded')} />
    </>
  );
}

function AnswerDialog({
  row,
  command,
  onClose,
}: {
  row: Row;
  command: TraceBatch['commands'][number];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const answer = useTraceCommand<{ version: number; reason?: string; note?: string }>(
    `/trace/batches/${row.traceBatchId}/${command}`,
    () => {
      toastDone(t(`packs.${command}ed`));
      onClose();
    },
  );
  const { version } = row;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t(`packs.${command}`)}
      hint={t(`packs.${command}Hint`)}
      notSaved={t('packs.notChanged')}
      isRequired={command === 'reject'}
      command={answer}
      onSubmit={(said) =>
        answer.mutate(
          command === 'reject' ? { version, reason: said } : { version, ...(said ? { note: said } : {}) },
        )
      }
    />
  );
}
