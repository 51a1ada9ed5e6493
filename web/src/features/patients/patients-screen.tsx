import { IconUserPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { usePersonSearch } from '../../ui/person-search';
import { BirthText } from '../shared/birth-text';
import { AllergyStatusBadge } from '../shared/allergy-status-badge';
import { usePersonName } from '../shared/names';
import { usePatients } from './patient-queries';

const route = getRouteApi('/patients');
const PAGE_SIZE = 20;

/** Patients by name, phone, birth date or number. */
export function PatientsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page } = route.useSearch();
  const q = usePersonSearch();
  const navigate = route.useNavigate();
  return (
    <ListScreen
      title={t('patients.title')}
      actions={
        can('WritePatient') &&
        can('IdentifyPatients') && (
          <KeyButton
            combo="F9"
            label={t('patients.new')}
            leftSection={<IconUserPlus size={18} />}
            onPress={() => void navigate({ to: '/patients/new' })}
          />
        )
      }
      search={
        can('IdentifyPatients')
          ? {
              value: q,
              label: t('patients.searchLabel'),
              placeholder: t('patients.pickerPlaceholder'),
              focusLabel: t('patients.focusSearch'),
              combo: 'F2',
              onSearch: (wanted) => void navigate({ search: {}, state: { q: wanted }, replace: true }),
            }
          : undefined
      }
      result={usePatients({ q, page: page ?? 1, limit: PAGE_SIZE })}
      columns={useColumns()}
      rowKey={(patient) => patient.patientId}
      empty={{
        title: q === undefined ? t('patients.empty') : t('patients.noHit', { query: q }),
        hint: t('patients.emptyHint'),
      }}
      onPage={(next) => void navigate({ search: { page: next }, state: true })}
    />
  );
}

function useColumns(): Column<Patient>[] {
  const { t } = useTranslation();
  const nameOf = usePersonName();
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
      cell: (patient) => <BirthText of={patient} withAge />,
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
