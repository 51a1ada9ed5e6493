import { addDays, daysBetween } from '../../platform/time/local-date.js';

/** What was handed over on a day 'YYYY-MM-DD', and the days it lasts. */
export interface Supply {
  readonly on: string;
  readonly days: number;
}

/** Days without the medicine, both inclusive. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

export interface Adherence {
  /** Days looked at: from the first supply, or from the first day of the window where it came before, to the last day. */
  readonly days: number;
  readonly daysCovered: number;
  /** Proportion of days covered in whole percent, rounded down; null where no day was looked at. */
  readonly percent: number | null;
  readonly gaps: readonly Gap[];
  /** First day without the medicine after the last supply; may lie in the future. */
  readonly runsOutOn: string;
}

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);

/**
 * How many days of a window (both days inclusive) a medicine was at hand. What was collected early is used up after what was there
 * before: it covers later days, never the same day twice. Undefined without any supply.
 */
export function adherenceOf(
  supplies: readonly Supply[],
  window: { from: string; to: string },
): Adherence | undefined {
  const [first, ...rest] = [...supplies].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  if (!first) return undefined;
  const start = later(window.from, first.on);
  const gaps: Gap[] = [];
  const missing = (from: string, until: string): void => {
    const [begins, ends] = [later(from, start), earlier(until, addDays(window.to, 1))];
    const days = daysBetween(begins, ends);
    if (days > 0) gaps.push({ from: begins, to: addDays(ends, -1), days });
  };
  let runsOutOn = addDays(first.on, first.days);
  for (const { on, days } of rest) {
    missing(runsOutOn, on);
    runsOutOn = addDays(later(runsOutOn, on), days);
  }
  missing(runsOutOn, addDays(window.to, 1));
  const days = Math.max(0, daysBetween(start, window.to) + 1);
  const daysCovered = days - gaps.reduce((sum, gap) => sum + gap.days, 0);
  const percent = days === 0 ? null : Math.floor((daysCovered * 100) / days);
  return { days, daysCovered, percent, gaps, runsOutOn };
}

/** A medicine and the first day without it. */
export interface RunningOut {
  readonly drugId: number;
  readonly runsOutOn: string;
}

/** A common day for all refills, and for how many days each medicine must be supplied once to last until then. */
export interface CommonRefill {
  readonly on: string;
  readonly bridges: readonly { readonly drugId: number; readonly days: number }[];
}

/**
 * Proposes one day on which all of a patient's medicines are refilled from then on: the day the last of them runs out, so that none
 * is collected early; each of the others is supplied once for the days until then, from today where it has run out. Undefined with
 * fewer than two medicines, or where one would have to be bridged for longer than `longest` days.
 */
export function commonRefill(
  medicines: readonly RunningOut[],
  today: string,
  longest: number,
): CommonRefill | undefined {
  if (medicines.length < 2) return undefined;
  const on = medicines.reduce((latest, { runsOutOn }) => later(latest, runsOutOn), today);
  const bridges = medicines.map(({ drugId, runsOutOn }) => ({
    drugId,
    days: daysBetween(later(runsOutOn, today), on),
  }));
  return bridges.some(({ days }) => days > longest) ? undefined : { on, bridges };
}
