import { useTranslation } from 'react-i18next';
import { dateText } from '../../ui/date-text';
import { localName } from '../shared/names';
import type { GroupBy } from './reports';

interface Named {
  readonly key: string | null;
  readonly name: string | null;
  readonly nameAr: string | null;
}

/** A Monday; the days of its week give weekdays their names. */
const MONDAY = Date.UTC(2024, 0, 1);

/** What a row of a report is called in the language of the interface: a day, an hour, a name, or why it has none. */
export function useRowName(by: GroupBy): (row: Named) => string {
  const { t, i18n } = useTranslation();
  const locale = `${i18n.language === 'en' ? 'en-GB' : i18n.language}-u-nu-latn-ca-gregory`;
  return ({ key, name, nameAr }) => {
    if (key === null) return t(`salesReports.none.${noneOf(by)}`);
    switch (by) {
      case 'day':
      case 'week':
        return dateText(key, i18n.language);
      case 'month':
        return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
          new Date(key),
        );
      case 'hour':
        return `${key}:00`;
      case 'weekday':
        return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
          new Date(MONDAY + (Number(key) - 1) * 86_400_000),
        );
      case 'taxRate':
        return `${Math.round(Number(key) * 10_000) / 100} %`;
      case 'method':
        // A tender the interface has no word for yet is told as the server calls it.
        return i18n.exists(`tender.${key}`) ? t(`tender.${key as 'cash'}`) : key;
      case 'reason':
        return key;
      default:
        return name === null ? key : localName({ name, nameAr }, i18n.language);
    }
  };
}

function noneOf(by: GroupBy): 'category' | 'payer' | 'reason' | 'other' {
  return by === 'category' || by === 'payer' || by === 'reason' ? by : 'other';
}
