import { Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { useSession } from '../../session/session';
import { ageYears, DateText, todayLocal } from '../../ui/date-text';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { AllergyStatusBadge } from '../shared/clinical';
import { usePersonName } from '../shared/names';
import { usePatients } from './patient-queries';

const route = getRouteApi('/patients');
const PAGE_SIZE = 20;

/** Patients by name, phone, birth date or number. */
export function PatientsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? '');
  const [settled] = useDebouncedValue(text.trim(), 150);
  const result = usePatients({ q: search.q, page: search.page ?? 1, limit: PAGE_SIZE });
  const columns = useColumns();

  useEffect(() => {
    void navigate({
      search: (previous) => {
        const q = settled === '' ? undefined : settled;
        return previous.q === q ? previous : { q, page: undefined };
      },
      replace: true,
    });
  }, [settled, navigate]);

  const focusSearch = () => field.current?.select();
  useKeys([
    { combo: '/', label: t('patients.focusSearch'), run: focusSearch },
    { combo: 'F2', label: t('patients.focusSearch'), run: focusSearch },
  ]);

  return (
    <Page
      title={t('patients.title')}
      actions={
        can('WritePatient') && (
          <KeyButton
            combo="F9"
            label={t('patients.new')}
            leftSection={<IconUserPlus size={18} />}
            onPress={() => void navigate({ to: '/patients/new' })}
          />
        )
      }
    >
      <div onKeyDown={moveThroughRows}>
        <Stack gap={12}>
          <TextInput
            ref={field}
            data-row-search
            aria-label={t('patients.searchLabel')}
            placeholder={t('patients.pickerPlaceholder')}
            size="md"
            type="search"
            autoFocus
            leftSection={<IconSearch size={18} />}
            rightSection={<Keys combo="/" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Card flush>
            {result.isPending && <LoadingRows />}
            {result.isError && <ErrorView error={result.error} retry={() => void result.refetch()} />}
            {result.data?.data.length === 0 && (
              <EmptyView
                title={
                  search.q === undefined ? t('patients.empty') : t('patients.noHit', { query: search.q })
                }
                hint={t('patients.emptyHint')}
              />
            )}
            {result.data && result.data.data.length > 0 && (
              <>
                <DataTable
                  label={t('patients.title')}
                  columns={columns}
                  rows={result.data.data}
                  rowKey={(patient) => patient.patientId}
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

function useColumns(): Column<Patient>[] {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  const today = todayLocal();
  return [
    {
      id: 'name',
      header: t('patients.name'),
      cell: (patient) => (
        <Link
          to="/patients/$patientId"
          params={{ patientId: String(patient.patientId) }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{nameOf(patient)}</bdi>
        </Link>
      ),
    },
    {
      id: 'birth',
      header: t('patients.birthDate'),
      cell: (patient) => (
        <>
          <DateText value={patient.birthDate} /> (
          {t('patients.age', { count: ageYears(patient.birthDate, today) })})
        </>
      ),
    },
    { id: 'sex', header: t('patients.sex'), cell: (patient) => t(`sex.${patient.sex}`) },
    {
      id: 'phone',
      header: t('patients.phone'),
      cell: (patient) => (patient.phone === null ? t('common.none') : <Ltr>{patient.phone}</Ltr>),
    },
    {
      id: 'allergies',
      header: t('patients.allergies'),
      cell: (patient) => <AllergyStatusBadge status={patient.allergyStatus} />,
    },
  ];
}
