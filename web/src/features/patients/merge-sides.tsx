import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { AllergyStatusBadge } from '../shared/allergy-status-badge';
import classes from './people.module.css';

interface MergeSidesProps {
  /** The record that goes on. */
  stays: Patient;
  /** The record it takes over. */
  goes: Patient;
}

/** Two records side by side; rows in which they differ are marked, in words as well. */
export function MergeSides({ stays, goes }: MergeSidesProps) {
  const { t } = useTranslation();
  const rows: {
    id: string;
    label: string;
    of: (one: Patient) => string | null;
    show?: (one: Patient) => ReactNode;
  }[] = [
    {
      id: 'name',
      label: t('patients.name'),
      of: (one) => `${one.firstName} ${one.lastName}`,
    },
    {
      id: 'nameAr',
      label: t('people.merge.nameAr'),
      of: (one) => [one.firstNameAr, one.lastNameAr].filter(Boolean).join(' ') || null,
    },
    {
      id: 'birth',
      label: t('patients.birthDate'),
      of: (one) => one.birthDate ?? one.birthDatePartial,
      show: (one) => (one.birthDate === null ? one.birthDatePartial : <DateText value={one.birthDate} />),
    },
    { id: 'sex', label: t('patients.sex'), of: (one) => t(`sex.${one.sex}`) },
    {
      id: 'phone',
      label: t('patients.phone'),
      of: (one) => one.phone,
      show: (one) => one.phone !== null && <Ltr>{one.phone}</Ltr>,
    },
    {
      id: 'nationalId',
      label: t('patients.nationalId'),
      of: (one) => one.nationalId,
      show: (one) => one.nationalId !== null && <Ltr>{one.nationalId}</Ltr>,
    },
    {
      id: 'allergies',
      label: t('patients.allergies'),
      of: (one) => one.allergyStatus,
      show: (one) => <AllergyStatusBadge status={one.allergyStatus} />,
    },
    { id: 'weight', label: t('patients.weightKg'), of: (one) => one.weightKg },
    { id: 'notes', label: t('people.tab.notes'), of: (one) => one.notes },
  ];
  const shown = (one: Patient, row: (typeof rows)[number]): ReactNode =>
    row.of(one) === null ? t('common.none') : (row.show?.(one) ?? <bdi>{row.of(one)}</bdi>);
  return (
    <table className={classes['sides']} aria-label={t('people.merge.sides')}>
      <thead>
        <tr>
          <th scope="col">{t('people.merge.what')}</th>
          <th scope="col">
            {t('people.merge.stays')} <Ltr>#{stays.patientId}</Ltr>
          </th>
          <th scope="col">
            {t('people.merge.goes')} <Ltr>#{goes.patientId}</Ltr>
          </th>
          <th scope="col">
            <span className="visually-hidden">{t('people.merge.differs')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const differs = row.of(stays) !== row.of(goes);
          return (
            <tr key={row.id} data-differs={differs || undefined}>
              <th scope="row">{row.label}</th>
              <td>{shown(stays, row)}</td>
              <td>{shown(goes, row)}</td>
              <td>{differs ? t('people.merge.differs') : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
