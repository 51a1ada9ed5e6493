import { useTranslation } from 'react-i18next';

import { ageYears, DateText, todayLocal } from '../../ui/date-text';

interface Born {
  readonly birthDate: string | null;
  readonly birthDatePartial: string | null;
  readonly isDeceased: boolean;
}

/** The birth date, or what is known of it, with the age where it can be told; and that the person has died. */
export function BirthText({ of, withAge = false }: { of: Born; withAge?: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {of.birthDate !== null ? (
        <DateText value={of.birthDate} />
      ) : of.birthDatePartial !== null ? (
        <bdi>{of.birthDatePartial}</bdi>
      ) : (
        <span>{t('patients.birthDateUnknown')}</span>
      )}
      {withAge && of.birthDate !== null && !of.isDeceased && (
        <>
          {' · '}
          {t('patients.age', { count: ageYears(of.birthDate, todayLocal()) })}
        </>
      )}
      {of.isDeceased && (
        <>
          {' · '}
          {t('patients.deceased')}
        </>
      )}
    </>
  );
}
