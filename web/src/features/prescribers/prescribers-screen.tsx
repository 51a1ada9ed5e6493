import { IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Prescriber, PrescriberPage } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateText, todayLocal } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { usePersonSearch } from '../../ui/person-search';
import { StatusBadge } from '../../ui/status-badge';
import { usePersonName } from '../shared/names';
import { PrescriberDialog } from './prescriber-dialog';

const route = getRouteApi('/prescribers');
const PAGE_SIZE = 20;

/** Who may write prescriptions, by name, licence or authority number. */
export function PrescribersScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page } = route.useSearch();
  const q = usePersonSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<'new' | Prescriber>();
  const query = { q, page: page ?? 1, limit: PAGE_SIZE };
  const found = useQuery({
    queryKey: keys.prescribers(query),
    queryFn: ({ signal }) => api.search<PrescriberPage>('/prescribers', query, signal),
    placeholderData: keepPreviousData,
  });
  const mayWrite = can('WritePrescription');
  const isChange = typeof open === 'object';
  return (
    <>
      <ListScreen
        title={t('nav.prescribers')}
        actions={
          mayWrite && (
            <KeyButton
              combo="F9"
              label={t('people.prescriber.new')}
              leftSection={<IconUserPlus size={18} />}
              onPress={() => setOpen('new')}
            />
          )
        }
        search={{
          value: q,
          label: t('people.prescriber.search'),
          placeholder: t('people.prescriber.searchPlaceholder'),
          focusLabel: t('patients.focusSearch'),
          onSearch: (wanted) => void navigate({ search: {}, state: { q: wanted }, replace: true }),
        }}
        result={found}
        columns={useColumns(mayWrite ? setOpen : undefined)}
        rowKey={(row) => row.prescriberId}
        empty={{ title: t('people.prescriber.none'), hint: t('people.prescriber.noneHint') }}
        onPage={(next) => void navigate({ search: { page: next }, state: true })}
      />
      <PrescriberDialog
        key={isChange ? `${open.prescriberId}.${open.version}` : 'new'}
        prescriber={isChange ? open : undefined}
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
      />
    </>
  );
}

function useColumns(onOpen: ((prescriber: Prescriber) => void) | undefined): Column<Prescriber>[] {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  return [
    {
      id: 'name',
      header: t('patients.name'),
      cell: (row) =>
        onOpen ? (
          <button type="button" className={rowLinkClass} data-row-link onClick={() => onOpen(row)}>
            <bdi>{nameOf(row)}</bdi>
          </button>
        ) : (
          <bdi>{nameOf(row)}</bdi>
        ),
    },
    { id: 'specialty', header: t('people.prescriber.specialty'), cell: (row) => <bdi>{row.specialty}</bdi> },
    {
      id: 'licence',
      header: t('people.prescriber.licenceNumber'),
      cell: (row) => <Ltr>{row.licenceNumber}</Ltr>,
    },
    {
      id: 'until',
      header: t('people.prescriber.licenceValidUntil'),
      cell: (row) => <Validity until={row.licenceValidUntil} />,
    },
    {
      id: 'authority',
      header: t('people.prescriber.authorityNumber'),
      cell: (row) => (row.authorityNumber === null ? t('common.none') : <Ltr>{row.authorityNumber}</Ltr>),
    },
    {
      id: 'phone',
      header: t('patients.phone'),
      cell: (row) => (row.phone === null ? t('common.none') : <Ltr>{row.phone}</Ltr>),
    },
    {
      id: 'active',
      header: t('people.prescriber.state'),
      cell: (row) => (
        <StatusBadge tone={row.active ? 'ok' : 'neutral'}>
          {t(row.active ? 'people.prescriber.prescribes' : 'people.prescriber.retired')}
        </StatusBadge>
      ),
    },
  ];
}

function Validity({ until }: { until: string | null }) {
  const { t } = useTranslation();
  if (until === null) return t('answer.notKnown');
  return until < todayLocal() ? (
    <StatusBadge tone="stop">
      {t('people.prescriber.ended')} <DateText value={until} />
    </StatusBadge>
  ) : (
    <DateText value={until} />
  );
}
