import { Button, Group, TextInput } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { DrugDetail, RegisterEntry } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { DrugPicker } from '../shared/drug-picker';
import { toHit } from '../shared/names';
import { useRegister } from './controlled-queries';
import { ControlledTabs } from './controlled-tabs';
import { REASONS, usePrintPage } from './destruction-texts';

const route = getRouteApi('/controlled');
const PATH = '/reports/controlled-register';

/** The register of controlled medicines: every movement with its number and the balance, by product and period. */
export function RegisterScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const print = usePrintPage();
  const drugField = useRef<HTMLInputElement>(null);
  const asked: Query = { drugId: search.drugId, from: search.from, to: search.to };
  const register = useRegister(asked);
  const drug = useQuery({
    queryKey: keys.drug(search.drugId ?? 0),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${search.drugId ?? 0}`, undefined, signal),
    enabled: search.drugId !== undefined,
    select: toHit,
  });
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv(PATH, { ...asked, format: 'csv' }),
    onSuccess: (text) => saveFile('controlled-register.csv', text),
  });
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, ...change }), replace: true });
  const entries = register.data?.pages.flatMap(({ data }) => data) ?? [];
  useKeys([{ combo: 'F3', label: t('stock.focusDrug'), run: () => drugField.current?.focus() }]);

  return (
    <Page
      title={t('controlled.title')}
      actions={
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            {t('controlled.download')}
          </Button>
          <KeyButton
            combo="F8"
            label={t('controlled.print')}
            leftSection={<IconPrinter size={18} aria-hidden="true" />}
            onPress={() => print(PATH, { ...asked, format: 'html' })}
          />
        </Group>
      }
    >
      <ControlledTabs />
      <Group align="flex-end" wrap="nowrap">
        <div style={{ flex: 1 }}>
          <DrugPicker
            ref={drugField}
            label={t('stock.drug')}
            combo="F3"
            value={search.drugId === undefined ? null : (drug.data ?? null)}
            onChange={(chosen) => narrow({ drugId: chosen?.drugId })}
          />
        </div>
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
      <ProblemAlert problem={download.error} notSaved={t('controlled.notDownloaded')} />
      <Card flush isBusy={register.isPlaceholderData}>
        {register.isPending && <LoadingRows />}
        {register.isError && <ErrorView error={register.error} retry={() => void register.refetch()} />}
        {register.data && entries.length === 0 && (
          <EmptyView title={t('controlled.empty')} hint={t('controlled.emptyHint')} />
        )}
        {entries.length > 0 && <Entries entries={entries} />}
        {register.hasNextPage && (
          <Group justify="center" p="sm">
            <Button
              variant="default"
              loading={register.isFetchingNextPage}
              onClick={() => void register.fetchNextPage()}
            >
              {t('controlled.more')}
            </Button>
          </Group>
        )}
      </Card>
    </Page>
  );
}

function Entries({ entries }: { entries: readonly RegisterEntry[] }) {
  const { t } = useTranslation();
  const columns: Column<RegisterEntry>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    { id: 'no', header: t('controlled.no'), numeric: true, cell: (row) => <Ltr>{row.entryNo}</Ltr> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.recordedAt} /> },
    { id: 'what', header: t('stock.movement'), cell: (row) => <What entry={row} /> },
    {
      id: 'in',
      header: t('controlled.in'),
      numeric: true,
      cell: (row) => (row.quantity.startsWith('-') ? '' : <QuantityText value={row.quantity} />),
    },
    {
      id: 'out',
      header: t('controlled.out'),
      numeric: true,
      cell: (row) => (row.quantity.startsWith('-') ? <QuantityText value={row.quantity.slice(1)} /> : ''),
    },
    {
      id: 'balance',
      header: t('stock.balance'),
      numeric: true,
      cell: (row) => (
        <strong>
          <QuantityText value={row.balanceAfter} />
        </strong>
      ),
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber ?? ''}</Ltr> },
    { id: 'who', header: t('controlled.whom'), cell: (row) => <Whom entry={row} /> },
    { id: 'by', header: t('controlled.by'), cell: (row) => <People entry={row} /> },
  ];
  return (
    <DataTable
      label={t('controlled.title')}
      columns={columns}
      rows={entries}
      rowKey={(row) => `${row.drugId}-${row.entryNo}`}
    />
  );
}

function What({ entry }: { entry: RegisterEntry }) {
  const { t } = useTranslation();
  return (
    <span>
      {entry.kind === 'opening' ? t('controlled.opening') : t(`movement.${entry.kind}`)}
      {entry.correctsEntryNo !== null && <> · {t('controlled.corrects', { no: entry.correctsEntryNo })}</>}
    </span>
  );
}

/** Where it came from or went to, with the papers. */
function Whom({ entry }: { entry: RegisterEntry }) {
  const { t } = useTranslation();
  // A destruction says its coded reason first, then a note.
  const code =
    entry.kind === 'destruction' ? REASONS.find((one) => entry.reason?.startsWith(one)) : undefined;
  const reason =
    code === undefined
      ? entry.reason
      : `${t(`destruction.reason.${code}`)}${entry.reason?.slice(code.length) ?? ''}`;
  const parts = [
    entry.patientName ?? entry.supplierName,
    entry.collectorName === entry.patientName ? null : entry.collectorName,
    entry.collectorDocument,
    entry.prescriberName,
    entry.rxNumber ?? entry.supplierDocument,
    reason,
  ].filter((part) => part !== null && part !== '');
  return (
    <>
      {parts.map((part, index) => (
        <span key={part}>
          {index > 0 && ' · '}
          <bdi>{part}</bdi>
        </span>
      ))}
    </>
  );
}

function People({ entry }: { entry: RegisterEntry }) {
  return (
    <span>
      <bdi>{entry.userName}</bdi>
      {entry.witnessName !== null && (
        <>
          {' / '}
          <bdi>{entry.witnessName}</bdi>
        </>
      )}
    </span>
  );
}
