import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NearMiss, NearMissReport } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { NearMissDialog } from './near-miss-dialog';
import { useNearMisses, useNearMissReport } from './near-miss-queries';
import { KINDS, STAGES } from './near-miss-texts';

const route = getRouteApi('/near-misses');

/** Errors that were caught: what, where, how often. Nobody is named unless the branch says so. */
export function NearMissesScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isReporting, setIsReporting] = useState(false);
  const period = { from: search.from, to: search.to };
  const list = useNearMisses({ ...period, kind: search.kind, stage: search.stage });
  const report = useNearMissReport(period);
  const rows = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, ...change }), replace: true });
  return (
    <Page
      title={t('nearMiss.title')}
      hint={t('nearMiss.hint')}
      actions={
        can('ReportNearMiss') && (
          <KeyButton combo="F9" label={t('nearMiss.report')} onPress={() => setIsReporting(true)} />
        )
      }
    >
      <Group align="flex-end">
        <NativeSelect
          label={t('nearMiss.what')}
          autoFocus
          value={search.kind ?? ''}
          onChange={(event) => narrow({ kind: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('nearMiss.anyKind') },
            ...KINDS.map((value) => ({ value, label: t(`nearMiss.kind.${value}`) })),
          ]}
        />
        <NativeSelect
          label={t('nearMiss.where')}
          value={search.stage ?? ''}
          onChange={(event) => narrow({ stage: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('nearMiss.anyStage') },
            ...STAGES.map((value) => ({ value, label: t(`nearMiss.stage.${value}`) })),
          ]}
        />
        <TextInput
          label={t('controlled.from')}
          type="date"
          max={search.to}
          value={search.from ?? ''}
          onChange={(event) => narrow({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          label={t('controlled.to')}
          type="date"
          min={search.from}
          value={search.to ?? ''}
          onChange={(event) => narrow({ to: event.currentTarget.value || undefined })}
        />
      </Group>
      {report.data && report.data.total > 0 && <Trends report={report.data} />}
      <Card flush isBusy={list.isPlaceholderData}>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data && rows.length === 0 && (
          <EmptyView title={t('nearMiss.empty')} hint={t('nearMiss.emptyHint')} />
        )}
        {rows.length > 0 && <NearMissTable rows={rows} />}
        {list.hasNextPage && (
          <Group justify="center" p="sm">
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('controlled.more')}
            </Button>
          </Group>
        )}
      </Card>
      <NearMissDialog opened={isReporting} onClose={() => setIsReporting(false)} />
    </Page>
  );
}

interface KindRow {
  kind: NearMiss['kind'];
  total: number;
  months: ReadonlyMap<string, number>;
}

/** How many of each kind in each month of the period. */
function Trends({ report }: { report: NearMissReport }) {
  const { t } = useTranslation();
  const months = [...new Set(report.months.map(({ month }) => month))].sort();
  const rows: KindRow[] = KINDS.map((kind) => {
    const own = report.months.filter((one) => one.kind === kind);
    return {
      kind,
      total: own.reduce((sum, { count }) => sum + count, 0),
      months: new Map(own.map(({ month, count }) => [month, count])),
    };
  })
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  const columns: Column<KindRow>[] = [
    { id: 'kind', header: t('nearMiss.what'), cell: (row) => <span>{t(`nearMiss.kind.${row.kind}`)}</span> },
    ...months.map((month) => ({
      id: month,
      header: month,
      numeric: true,
      cell: (row: KindRow) => <Ltr>{row.months.get(month) ?? 0}</Ltr>,
    })),
    {
      id: 'total',
      header: t('nearMiss.total'),
      numeric: true,
      cell: (row) => (
        <strong>
          <Ltr>{row.total}</Ltr>
        </strong>
      ),
    },
  ];
  return (
    <Card flush label={t('nearMiss.trends')}>
      <DataTable label={t('nearMiss.trends')} columns={columns} rows={rows} rowKey={(row) => row.kind} />
    </Card>
  );
}

function NearMissTable({ rows }: { rows: readonly NearMiss[] }) {
  const { t } = useTranslation();
  const isNamed = rows.some(({ userName }) => userName !== null);
  const columns: Column<NearMiss>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.occurredAt} /> },
    { id: 'kind', header: t('nearMiss.what'), cell: (row) => <span>{t(`nearMiss.kind.${row.kind}`)}</span> },
    {
      id: 'stage',
      header: t('nearMiss.where'),
      cell: (row) => <span>{t(`nearMiss.stage.${row.stage}`)}</span>,
    },
    {
      id: 'source',
      header: t('nearMiss.source'),
      cell: (row) => <span>{t(`nearMiss.caughtBy.${row.source}`)}</span>,
    },
    { id: 'expected', header: t('nearMiss.expected'), cell: (row) => <bdi>{row.expectedDrugName}</bdi> },
    { id: 'found', header: t('nearMiss.found'), cell: (row) => <bdi>{row.foundDrugName}</bdi> },
    { id: 'words', header: t('nearMiss.words'), cell: (row) => <bdi>{row.description}</bdi> },
    ...(isNamed
      ? [{ id: 'who', header: t('history.who'), cell: (row: NearMiss) => <bdi>{row.userName}</bdi> }]
      : []),
  ];
  return (
    <DataTable label={t('nearMiss.title')} columns={columns} rows={rows} rowKey={(row) => row.nearMissId} />
  );
}
