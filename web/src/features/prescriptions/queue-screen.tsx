import { SegmentedControl, Stack, TextInput, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrescriptionRow } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { localName } from '../shared/names';
import { usePrescriptions } from './prescription-queries';

const route = getRouteApi('/prescriptions');
const PAGE_SIZE = 20;
const STATUSES = ['pending', 'filled', 'on_hold', 'completed', 'expired', 'all'] as const;
type QueueStatus = (typeof STATUSES)[number];

function toStatus(value: string | undefined): QueueStatus {
  return STATUSES.find((one) => one === value) ?? 'pending';
}

/** The work queue by status; F6 opens the next one that waits. */
export function QueueScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? '');
  const [settled] = useDebouncedValue(text.trim(), 150);
  const status = toStatus(search.status);
  const result = usePrescriptions({
    status: status === 'all' ? undefined : status,
    q: search.q,
    page: search.page ?? 1,
    limit: PAGE_SIZE,
  });
  const rows = result.data?.data ?? [];
  const columns = useColumns();

  useEffect(() => {
    void navigate({
      search: (previous) => {
        const q = settled === '' ? undefined : settled;
        return previous.q === q ? previous : { ...previous, q, page: undefined };
      },
      replace: true,
    });
  }, [settled, navigate]);

  const choose = (next: QueueStatus) =>
    void navigate({ search: (previous) => ({ ...previous, status: next, page: undefined }) });
  // The list is newest first; the one that has waited longest is taken next.
  const next = rows.at(-1);
  useKeys([
    { combo: '/', label: t('prescriptions.focusSearch'), run: () => field.current?.select() },
    ...STATUSES.map((one, index) => ({
      combo: String(index + 1),
      label: t('prescriptions.showStatus', { status: t(`queue.${one}`) }),
      run: () => choose(one),
    })),
  ]);

  return (
    <Page
      title={t('prescriptions.title')}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="F6"
            label={t('prescriptions.next')}
            variant="default"
            disabled={!next}
            onPress={() => {
              if (next) {
                void navigate({
                  to: '/prescriptions/$prescriptionId',
                  params: { prescriptionId: String(next.prescriptionId) },
                });
              }
            }}
          />
          {can('WritePrescription') && (
            <KeyButton
              combo="F9"
              label={t('prescriptions.new')}
              onPress={() => void navigate({ to: '/prescriptions/new' })}
            />
          )}
        </Group>
      }
    >
      <div onKeyDown={moveThroughRows}>
        <Stack gap={12}>
          <Group wrap="nowrap">
            <TextInput
              ref={field}
              data-row-search
              aria-label={t('prescriptions.searchLabel')}
              placeholder={t('prescriptions.searchPlaceholder')}
              type="search"
              autoFocus
              flex={1}
              leftSection={<IconSearch size={18} />}
              rightSection={<Keys combo="/" />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <SegmentedControl
              aria-label={t('prescriptions.status')}
              value={status}
              onChange={(value) => choose(toStatus(value))}
              data={STATUSES.map((one) => ({ value: one, label: t(`queue.${one}`) }))}
            />
          </Group>
          <Card flush>
            {result.isPending && <LoadingRows />}
            {result.isError && <ErrorView error={result.error} retry={() => void result.refetch()} />}
            {result.data && rows.length === 0 && (
              <EmptyView title={t('prescriptions.empty')} hint={t('prescriptions.emptyHint')} />
            )}
            {result.data && rows.length > 0 && (
              <>
                <DataTable
                  label={t('prescriptions.title')}
                  columns={columns}
                  rows={rows}
                  rowKey={(row) => row.prescriptionId}
                />
                <Pager
                  meta={result.data.meta}
                  onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
                />
              </>
            )}
          </Card>
        </Stack>
      </div>
    </Page>
  );
}

function useColumns(): Column<PrescriptionRow>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'rx',
      header: t('prescriptions.number'),
      cell: (row) => (
        <Link
          to="/prescriptions/$prescriptionId"
          params={{ prescriptionId: String(row.prescriptionId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.rxNumber}</Ltr>
        </Link>
      ),
    },
    {
      id: 'patient',
      header: t('prescriptions.patient'),
      cell: (row) => (
        <bdi>{localName({ name: row.patientName, nameAr: row.patientNameAr }, i18n.language)}</bdi>
      ),
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    {
      id: 'quantity',
      header: t('prescriptions.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'prescriber',
      header: t('prescriptions.prescriber'),
      cell: (row) => <bdi>{row.prescriberName}</bdi>,
    },
    {
      id: 'entered',
      header: t('prescriptions.entered'),
      cell: (row) => <DateTimeText value={row.createdAt} />,
    },
    {
      id: 'status',
      header: t('prescriptions.status'),
      cell: (row) => <PrescriptionStatusBadge prescription={row} />,
    },
  ];
}
