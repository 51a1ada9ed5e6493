/** A week of a product at a branch as the ledger tells it. Base units. */
export interface DemandWeek {
  /** Dispensed and sold, less what came back. */
  readonly used: number;
  /** Asked for and not in stock, as noted. */
  readonly lost: number;
  /** Share of what the week asks for that there was stock for, 0 to 1; 0: not observed. */
  readonly open: number;
}

/** What is known of the demand for a product. */
export interface DemandHistory {
  /** The oldest first; the last ends yesterday. */
  readonly weeks: readonly DemandWeek[];
  /** Base units of a usual sale: the mean. */
  readonly size: number;
}

/** Demand of a week as a rate: base units a week, had there been stock all of it. */
export interface Observation {
  readonly rate: number;
  /** How much of a week the rate was seen in, 0 to 1. */
  readonly weight: number;
}

/** Lost sales raise what is expected of the days without stock to this multiple at most: a note may be wrong, or the same wish twice. */
const MOST_LOST = 2;

/**
 * Demand as it would have been with stock on every day. Days without stock count for nothing; what was noted as lost on them counts as
 * seen as far as it goes, so that notes of what was expected anyhow change nothing, and more of them raise the demand, to the double of
 * what these days were expected to bring. Where a product was never in stock, what is noted is all that is known.
 */
export function observe(weeks: readonly DemandWeek[]): Observation[] {
  let used = 0;
  let open = 0;
  for (const week of weeks) {
    used += week.used;
    open += week.open;
  }
  const usual = open > 0 ? Math.max(used, 0) / open : undefined;
  return weeks.map((week) => {
    const sold = Math.max(week.used, 0);
    const missed = 1 - week.open;
    if (week.lost <= 0 || missed <= 0)
      return { rate: week.open > 0 ? sold / week.open : 0, weight: week.open };
    const expected = usual === undefined ? week.lost : usual * missed;
    const seen = expected > 0 ? Math.min(week.lost / expected, 1) : 1;
    const weight = week.open + missed * seen;
    const lost = expected > 0 ? Math.min(week.lost, MOST_LOST * expected) : 0;
    return { rate: weight > 0 ? (sold + lost) / weight : 0, weight };
  });
}

/** Days of a week, each with its share of what a week asks for; the first is today, and they add up to one. */
export type WeekdayShares = readonly number[];

export const EVEN_SHARES: WeekdayShares = Array.from({ length: 7 }, () => 1 / 7);

/** Sales by which a branch shows the pattern of its week as surely as it is presumed to have none. */
const SALES_FOR_A_PATTERN = 100;

/** Shares of the days of the week from how many sales each had, drawn towards none the fewer there are. The first is today's weekday. */
export function weekdayShares(sales: readonly number[]): WeekdayShares {
  const total = sales.reduce((sum, one) => sum + one, 0) + SALES_FOR_A_PATTERN;
  return EVEN_SHARES.map((even, day) => ((sales[day] ?? 0) + SALES_FOR_A_PATTERN * even) / total);
}

/** Days ago, from and to, both counted; yesterday is 1. */
export type DaysAgo = readonly [from: number, to: number];

/**
 * The share of each week there was stock for, the oldest first. `firstDay`: days ago the product was first seen; `empty`: days without
 * stock. A day of the week that brings more counts for more.
 */
export function openShares(firstDay: number, empty: readonly DaysAgo[], shares: WeekdayShares): number[] {
  const weeks = Math.max(Math.ceil(firstDay / 7), 0);
  const open = Array.from({ length: weeks }, () => 0);
  const isEmpty = new Set<number>();
  for (const [from, to] of empty) for (let day = to; day <= from; day++) isEmpty.add(day);
  for (let day = 1; day <= firstDay; day++) {
    if (isEmpty.has(day)) continue;
    const week = weeks - Math.ceil(day / 7);
    // A day so many days ago has the weekday of today less as many.
    open[week] = (open[week] ?? 0) + (shares[(7 - (day % 7)) % 7] ?? 0);
  }
  return open.map((share) => Math.min(share, 1));
}
