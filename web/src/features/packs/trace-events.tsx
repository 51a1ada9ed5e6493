import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceEvent } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { type EventState, useTraceCommand, useTraceEvents, useTraceStatus } from './pack-queries';
import { ReasonDialog } from './reason-dialog';

const STATES = ['pending', 'exported', 'accepted'] as const;
const TONES = { pending: 'warn', exported: 'info', accepted: 'ok' } as const;

interface TraceEventsProps {
  state: string | undefined;
  onState: (state: EventState | undefined) => void;
}

/** What is told of packs: what waits, since when, and what was accepted. */
export function TraceEvents({ state, onState }: TraceEventsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [cursor, setCursor] = useState<string>();
  const [corrected, setCorrected] = useState<TraceEvent>();
  const wanted = STATES.find((one) => one === state);
  const events = useTraceEvents(wanted, cursor);
  const status = useTraceStatus();
  const give = useTraceCommand<Record<string, never>>('/trace/batches', () => {
    toastDone(t('packs.givenOut'));
  });
  const columns = useColumns(can('WriteInventory') ? setCorrected : undefined);
  const rows = events.data?.data ?? [];
  return (
    <>
      <Group align="flex-end" justify="space-between">
        <NativeSelect
          label={t('stock.status')}
          value={wanted ?? ''}
          onChange={(event) => {
            setCursor(undefined);
            onState(STATES.find((one) => one === event.currentTarget.value));
          }}
          data={[
            { value: '', label: t('stock.anyStatus') },
            ...STATES.map((value) => ({ value, label: t(`packs.state.${value}`) })),
          ]}
        />
        {status.data && (
          <span>
            {t('packs.waiting', { count: status.data.pending })} · {t('packs.oldest')}{' '}
            <Ltr>{status.data.hours}</Ltr> {t('packs.hours')}
          </span>
        )}
        {can('WriteInventory') && (status.data?.pending ?? 0) > 0 && (
          <KeyButton
            combo="F9"
            label={t('packs.giveOut')}
            loading={give.isPending}
            onPress={() => give.mutate({})}
          />
        )}
      </Group>
      <ProblemAlert problem={give.error} notSaved={t('packs.notGivenOut')} />
      <Card flush isBusy={events.isPlaceholderData}>
        {events.isPending && <LoadingRows />}
        {events.isError && <ErrorView error={events.error} retry={() => void events.refetch()} />}
        {events.data && rows.length === 0 && (
          <EmptyView title={t('packs.noEvents')} hint={t('packs.noEventsHint')} />
        )}
        {rows.length > 0 && (
          <DataTable
            label={t('packs.view.events')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.traceEventId}
          />
        )}
      </Card>
      <Group>
        {cursor !== undefined && (
          <Button variant="default" onClick={() => setCursor(undefined)}>
            {t('packs.newest')}
          </Button>
        )}
        {events.data?.nextCursor && (
          <Button variant="default" onClick={() => setCursor(events.data.nextCursor ?? undefined)}>
            {t('packs.older')}
          </Button>
        )}
      </Group>
      {corrected && <CorrectDialog event={corrected} onClose={() => setCorrected(undefined)} />}
    </>
  );
}

function useColumns(onCorrect: ((event: TraceEvent) => void) | undefined): Column<TraceEvent>[] {
  const { t } = useTranslation();
  const columns: Column<TraceEvent>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.occurredAt} /> },
    {
      id: 'what',
      header: t('packs.what'),
      cell: (row) => (
        <>
          {t(`packs.kind.${row.kind}`)}
          {row.correctsEventId !== null && (
            <>
              {' '}
              <Ltr>{row.correctsEventId}</Ltr>
            </>
          )}
        </>
      ),
    },
    {
      id: 'pack',
      header: t('packs.pack'),
      cell: (row) => (
        <>
          <MixedText text={row.drugName ?? row.gtin} /> · <Ltr>{row.serial}</Ltr>
        </>
      ),
    },
    {
      id: 'units',
      header: t('packs.units'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'left',
      header: t('packs.leftThen'),
      numeric: true,
      cell: (row) => <QuantityText value={row.remaining} />,
    },
    {
      id: 'state',
      header: t('stock.status'),
      cell: (row) => <StatusBadge tone={TONES[row.state]}>{t(`packs.state.${row.state}`)}</StatusBadge>,
    },
  ];
  if (onCorrect)
    columns.push({
      id: 'correct',
      header: t('packs.correct'),
      hideHeader: true,
      cell: (row) =>
        row.isCorrected ? (
          <StatusBadge tone="neutral">{t('packs.isCorrected')}</StatusBadge>
        ) : (
          row.kind !== 'correction' && (
            <Button
              variant="subtle"
              size="xs"
              aria-label={t('packs.correctNo', { no: row.traceEventId })}
              onClick={() => onCorrect(row)}
            >
              {t('packs.correct')}
            </Button>
          )
        ),
    });
  return columns;
}

function CorrectDialog({ event, onClose }: { event: TraceEvent; onClose: () => void }) {
  const { t } = useTranslation();
  const correct = useTraceCommand<{ reason: string }>(`/trace/events/${event.traceEventId}/correct`, () => {
    toastDone(t('packs.corrected'));
    onClose();
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('packs.correct')}
      hint={t('packs.correctHint')}
      notSaved={t('packs.notChanged')}
      command={correct}
      onSubmit={(reason) => correct.mutate({ reason })}
    />
  );
}
