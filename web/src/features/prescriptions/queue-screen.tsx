import { Group, SegmentedControl } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PrescriptionRow } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { usePersonSearch } from '../../ui/person-search';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { localName } from '../shared/names';
import { LabelTemplateButton } from './label-template-dialog';
import { StationLinks } from './station-links';
import { usePrescriptions } from './prescription-queries';

const route = getRouteApi('/prescriptions/all');
const PAGE_SIZE = 20;
const STATUSES = ['pending', 'filled', 'on_hold', 'completed', 'expired', 'all'] as const;
type QueueStatus = (typeof STATUSES)[number];

function toStatus(value: string | undefined): QueueStatus {
  return STATUSES.find((one) => one === value) ?? 'pending';
}

/** Every prescription by status; F6 opens the one that has waited longest. */
export function QueueScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const q = usePersonSearch();
  const navigate = route.useNavigate();
  const status = toStatus(search.status);
  const result = usePrescriptions({
    status: status === 'all' ? undefined : status,
    q,
    page: search.page ?? 1,
    limit: PAGE_SIZE,
  });
  const narrow = (change: Partial<typeof search>) =>
    void navigate({
      search: (previous) => ({ ...previous, ...change, page: undefined }),
      state: true,
    });
  // The list is newest first; the one that has waited longest is taken next.
  const next = result.data?.data.at(-1);
  useKeys(
    STATUSES.map((one, index) => ({
      combo: String(index + 1),
      label: t('prescriptions.showStatus', { status: t(`queue.${one}`) }),
      run: () => narrow({ status: one }),
    })),
  );

  return (
    <ListScreen
      title={t('prescriptions.title')}
      actions={
        <Group gap="xs">
          <StationLinks />
          {can('ManageBranches') && <LabelTemplateButton />}
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
      search={
        can('IdentifyPatients')
          ? {
              value: q,
              label: t('prescriptions.searchLabel'),
              placeholder: t('prescriptions.searchPlaceholder'),
              focusLabel: t('prescriptions.focusSearch'),
              onSearch: (wanted) =>
                void navigate({
                  search: (previous) => ({ ...previous, page: undefined }),
                  state: { q: wanted },
                  replace: true,
                }),
            }
          : undefined
      }
      filters={
        <SegmentedControl
          aria-label={t('prescriptions.status')}
          value={status}
          onChange={(value) => narrow({ status: toStatus(value) })}
          data={STATUSES.map((one) => ({ value: one, label: t(`queue.${one}`) }))}
        />
      }
      result={result}
      columns={useColumns()}
      rowKey={(row) => row.prescriptionId}
      empty={{ title: t('prescriptions.empty'), hint: t('prescriptions.emptyHint') }}
      onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }), state: true })}
    />
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
