/** Periods of reports: what a name means on a day, and what a period is compared with. Dates are YYYY-MM-DD, both ends belong to it. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const PRESETS = ['today', 'yesterday', 'week', 'month', 'quarter', 'year', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];

export const COMPARISONS = ['none', 'before', 'lastYear'] as const;
export type Comparison = (typeof COMPARISONS)[number];

const MS_A_DAY = 86_400_000;
const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const iso = (date: Date): string => date.toISOString().slice(0, 10);

/** So many days later, or earlier when negative. */
export const plusDays = (date: string, days: number): string =>
  iso(new Date(utc(date).getTime() + days * MS_A_DAY));

/** Days of a period, one at least. */
export const daysOf = ({ from, to }: Period): number =>
  Math.round((utc(to).getTime() - utc(from).getTime()) / MS_A_DAY) + 1;

/** First day of the month a date is in, so many months later. */
function monthStart(date: string, months = 0): string {
  const at = utc(date);
  return iso(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)));
}

/** The week, month, quarter or year of `today` up to today; weeks begin on Monday, as the report by week has them. */
export function periodOf(preset: Exclude<Preset, 'custom'>, today: string): Period {
  const month = utc(today).getUTCMonth();
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: plusDays(today, -1), to: plusDays(today, -1) };
    case 'week':
      return { from: plusDays(today, -((utc(today).getUTCDay() + 6) % 7)), to: today };
    case 'month':
      return { from: monthStart(today), to: today };
    case 'quarter':
      return { from: monthStart(today, -(month % 3)), to: today };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

/** The same day a year before; 28 February where there is none. */
function yearBefore(date: string): string {
  const year = Number(date.slice(0, 4)) - 1;
  const same = `${String(year).padStart(4, '0')}${date.slice(4)}`;
  return iso(utc(same)) === same ? same : `${String(year).padStart(4, '0')}-02-28`;
}

/** What a period is compared with: as many days right before it (of one to seven days: the same days of the week before), or the same days a year before. */
export function comparedWith(comparison: Comparison, period: Period): Period | undefined {
  if (comparison === 'none') return undefined;
  if (comparison === 'lastYear') return { from: yearBefore(period.from), to: yearBefore(period.to) };
  // A Saturday beside a Friday says nothing: up to a week the same weekdays are compared.
  const days = Math.max(7, daysOf(period));
  return { from: plusDays(period.from, -days), to: plusDays(period.to, -days) };
}

/** By how much `value` differs from `before`, in percent; undefined where there is nothing to differ from. */
export function changePercent(value: number, before: number): number | undefined {
  return before > 0 ? Math.round(((value - before) / before) * 1000) / 10 : undefined;
}
