import { useTranslation } from 'react-i18next';

/** Today at this workstation as YYYY-MM-DD. */
export function todayLocal(): string {
  const now = new Date();
  const month = String(now.getMonth() + 1).padStart(2, '0');
  return `${now.getFullYear()}-${month}-${String(now.getDate()).padStart(2, '0')}`;
}

/** Whole days from one calendar date to another (both YYYY-MM-DD); negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Whole years from a birth date to today. */
export function ageYears(birthDate: string, today: string): number {
  const years = Number.parseInt(today.slice(0, 4), 10) - Number.parseInt(birthDate.slice(0, 4), 10);
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** English dates are written day first ("30 Nov 2026"); digits are Latin in every language. */
function localeOf(language: string): string {
  return `${language === 'en' ? 'en-GB' : language}-u-nu-latn-ca-gregory`;
}

/** A calendar date as "30 Nov 2026" with Latin digits in every language. */
export function dateText(value: string, language: string): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${value.slice(0, 10)}T00:00:00Z`));
}

/** A calendar date as words. */
export function DateText({ value }: { value: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (!value) return <span>{t('common.none')}</span>;
  return (
    <bdi>
      <time dateTime={value}>{dateText(value, i18n.language)}</time>
    </bdi>
  );
}

/** An instant in the workstation's time zone, with Latin digits. */
export function DateTimeText({ value }: { value: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (!value) return <span>{t('common.none')}</span>;
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    <bdi>
      <time dateTime={value}>{format.format(new Date(value))}</time>
    </bdi>
  );
}
