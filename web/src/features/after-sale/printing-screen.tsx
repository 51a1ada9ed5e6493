import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrintJob, ReceiptPrinter } from '../../api/after-sale-types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { AfterSaleTabs } from './after-sale-tabs';
import { usePrintCommand, usePrinters, usePrintJobs } from './after-sale-queries';
import { PrinterDialog } from './printer-dialog';
import { useWorkstationPrinter } from './workstation-printer';

type Opened = { printer: ReceiptPrinter | undefined };

/** Receipt printers of the branch, which of them stands here, and what waits for them. */
export function PrintingScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [opened, setOpened] = useState<Opened>();
  const printers = usePrinters();
  const command = usePrintCommand();
  const columns = usePrinterColumns((printer) => setOpened({ printer }), command.mutate);
  const list = printers.data?.data ?? [];
  return (
    <Page
      title={t('printing.title')}
      actions={
        can('ManageBranches') && (
          <KeyButton
            combo="F9"
            label={t('printing.newPrinter')}
            onPress={() => setOpened({ printer: undefined })}
          />
        )
      }
    >
      <AfterSaleTabs />
      <ProblemAlert problem={command.error} notSaved={t('print.failed')} />
      <Card flush label={t('printing.printers')}>
        {printers.isError && <ErrorView error={printers.error} retry={() => void printers.refetch()} />}
        {printers.isPending && <LoadingRows />}
        {printers.data && list.length === 0 && (
          <EmptyView title={t('printing.none')} hint={t('printing.noneHint')} />
        )}
        {list.length > 0 && (
          <DataTable
            label={t('printing.printers')}
            columns={columns}
            rows={list}
            rowKey={(printer) => printer.printerId}
          />
        )}
      </Card>
      <Jobs onCommand={command.mutate} />
      <PrinterDialog
        key={opened?.printer?.printerId ?? 'new'}
        opened={opened !== undefined}
        printer={opened?.printer}
        onClose={() => setOpened(undefined)}
      />
    </Page>
  );
}

function usePrinterColumns(
  onEdit: (printer: ReceiptPrinter) => void,
  onCommand: (path: string) => void,
): Column<ReceiptPrinter>[] {
  const { t } = useTranslation();
  const { can } = useSession();
  const [chosen, choose] = useWorkstationPrinter();
  const button = { size: 'compact-sm', variant: 'default' } as const;
  return [
    { id: 'name', header: t('printing.name'), cell: (printer) => <bdi>{printer.name}</bdi> },
    {
      id: 'where',
      header: t('printing.where'),
      cell: (printer) => <Ltr>{printer.path ?? `${printer.host ?? ''}:${printer.port ?? ''}`}</Ltr>,
    },
    { id: 'state', header: t('printing.state'), cell: (printer) => <PrinterState printer={printer} /> },
    {
      id: 'waiting',
      header: t('printing.waiting'),
      numeric: true,
      cell: (printer) => <Ltr>{printer.waiting}</Ltr>,
    },
    {
      id: 'here',
      header: t('printing.here'),
      cell: ({ printerId, name, active }) => {
        const isHere = chosen?.printerId === printerId;
        return (
          <Group gap={6} wrap="nowrap">
            <Button
              {...button}
              variant={isHere ? 'filled' : 'default'}
              aria-pressed={isHere}
              aria-label={t('printing.hereNamed', { name })}
              disabled={!active}
              onClick={() => choose(isHere ? undefined : { printerId, prints: 'always' })}
            >
              {t('printing.thisTill')}
            </Button>
            {isHere && (
              <Button
                {...button}
                aria-pressed={chosen.prints === 'always'}
                onClick={() => choose({ printerId, prints: chosen.prints === 'always' ? 'asked' : 'always' })}
              >
                {t(chosen.prints === 'always' ? 'printing.always' : 'printing.asked')}
              </Button>
            )}
          </Group>
        );
      },
    },
    {
      id: 'acts',
      header: t('printing.acts'),
      hideHeader: true,
      cell: (printer) => (
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <Button
            {...button}
            aria-label={t('printing.testNamed', { name: printer.name })}
            onClick={() => onCommand(`/receipt-printers/${printer.printerId}/test`)}
          >
            {t('printing.test')}
          </Button>
          {can('Refund') && printer.opensDrawer && (
            <Button
              {...button}
              aria-label={t('printing.drawerNamed', { name: printer.name })}
              onClick={() => onCommand(`/receipt-printers/${printer.printerId}/open-drawer`)}
            >
              {t('printing.drawer')}
            </Button>
          )}
          {can('ManageBranches') && (
            <Button
              {...button}
              aria-label={t('printing.editNamed', { name: printer.name })}
              onClick={() => onEdit(printer)}
            >
              {t('printing.edit')}
            </Button>
          )}
        </Group>
      ),
    },
  ];
}

function PrinterState({ printer }: { printer: ReceiptPrinter }) {
  const { t } = useTranslation();
  if (!printer.active) return <StatusBadge tone="neutral">{t('printing.inactive')}</StatusBadge>;
  if (printer.failure === null) return <StatusBadge tone="ok">{t('printing.ready')}</StatusBadge>;
  return <StatusBadge tone="warn">{t(`printing.failure.${printer.failure}`)}</StatusBadge>;
}

const JOB_TONES: Record<PrintJob['status'], Tone> = {
  waiting: 'info',
  sending: 'info',
  printed: 'ok',
  failed: 'stop',
  cancelled: 'neutral',
};

function Jobs({ onCommand }: { onCommand: (path: string) => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const jobs = usePrintJobs({ page, limit: 10 });
  const columns: Column<PrintJob>[] = [
    {
      id: 'what',
      header: t('printing.what'),
      cell: (job) => (
        <>
          {t(`printing.kind.${job.kind}`)} <Ltr>{job.saleNumber}</Ltr>
        </>
      ),
    },
    { id: 'printer', header: t('printing.name'), cell: (job) => <bdi>{job.printerName}</bdi> },
    { id: 'when', header: t('sales.when'), cell: (job) => <DateTimeText value={job.requestedAt} /> },
    { id: 'who', header: t('sales.cashier'), cell: (job) => <bdi>{job.requestedBy}</bdi> },
    {
      id: 'state',
      header: t('printing.state'),
      cell: (job) => (
        <Group gap={6} wrap="nowrap">
          <StatusBadge tone={JOB_TONES[job.status]}>{t(`printing.status.${job.status}`)}</StatusBadge>
          {job.failure !== null && (
            <Text size="sm" c="dimmed">
              {t(`printing.failure.${job.failure}`)}
            </Text>
          )}
        </Group>
      ),
    },
    {
      id: 'acts',
      header: t('printing.acts'),
      hideHeader: true,
      cell: (job) =>
        job.status === 'waiting' || job.status === 'failed' ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              onCommand(`/print-jobs/${job.printJobId}/${job.status === 'waiting' ? 'cancel' : 'retry'}`)
            }
          >
            {t(job.status === 'waiting' ? 'printing.cancel' : 'printing.retry')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card flush label={t('printing.jobs')}>
      <Stack gap={0}>
        {jobs.isError && <ErrorView error={jobs.error} retry={() => void jobs.refetch()} />}
        {jobs.data && jobs.data.data.length === 0 && <EmptyView title={t('printing.noJobs')} />}
        {jobs.data && jobs.data.data.length > 0 && (
          <>
            <DataTable
              label={t('printing.jobs')}
              columns={columns}
              rows={jobs.data.data}
              rowKey={(job) => job.printJobId}
            />
            <Pager meta={jobs.data.meta} onPage={setPage} />
          </>
        )}
      </Stack>
    </Card>
  );
}
