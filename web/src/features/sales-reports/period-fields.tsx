import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  comparedWith,
  type Comparison,
  COMPARISONS,
  type Period,
  periodOf,
  type Preset,
  PRESETS,
} from './periods.domain';

/** The period of a report as its address has it. */
export interface PeriodSearch {
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly compare?: string | undefined;
}

const isDate = (value: string | undefined): value is string =>
  value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

const presetOf = ({ period }: PeriodSearch): Preset => PRESETS.find((one) => one === period) ?? 'month';
const comparisonOf = ({ compare }: PeriodSearch): Comparison =>
  COMPARISONS.find((one) => one === compare) ?? 'none';

/** What an address asks for on a day: this month unless it says otherwise. Dates that are none, or stand the wrong way round, are mended. */
export function periodsOf(
  search: PeriodSearch,
  today: string,
): { period: Period; compared: Period | undefined } {
  const preset = presetOf(search);
  let period = periodOf(preset === 'custom' ? 'month' : preset, today);
  if (preset === 'custom') {
    const from = isDate(search.from) ? search.from : period.from;
    const to = isDate(search.to) ? search.to : today;
    period = from <= to ? { from, to } : { from: to, to: from };
  }
  return { period, compared: comparedWith(comparisonOf(search), period) };
}

interface PeriodFieldsProps {
  search: PeriodSearch;
  period: Period;
  narrow: (change: PeriodSearch) => void;
}

/** Which period, and beside which. */
export function PeriodFields({ search, period, narrow }: PeriodFieldsProps) {
  const { t } = useTranslation();
  const preset = presetOf(search);
  return (
    <>
      <NativeSelect
        label={t('salesReports.period')}
        value={preset}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          // What was chosen last is where a period of one's own begins.
          narrow(chosen === 'custom' ? { period: chosen, ...period } : { period: chosen, from: undefined, to: undefined }); // prettier-ignore
        }}
        data={PRESETS.map((value) => ({ value, label: t(`salesReports.preset.${value}`) }))}
      />
      {preset === 'custom' && (
        <>
          <TextInput
            label={t('salesReports.from')}
            type="date"
            max={period.to}
            value={period.from}
            onChange={(event) => narrow({ from: event.currentTarget.value || undefined })}
          />
          <TextInput
            label={t('salesReports.to')}
            type="date"
            min={period.from}
            value={period.to}
            onChange={(event) => narrow({ to: event.currentTarget.value || undefined })}
          />
        </>
      )}
      <NativeSelect
        label={t('salesReports.compare')}
        value={comparisonOf(search)}
        onChange={(event) => narrow({ compare: event.currentTarget.value })}
        data={COMPARISONS.map((value) => ({ value, label: t(`salesReports.comparison.${value}`) }))}
      />
    </>
  );
}
