import { Quantity } from '../../../platform/money/quantity.js';
import { EVEN_SHARES, type WeekdayShares } from './demand.domain.js';

/** A statistic as a decimal of three places: what is bought is reckoned from these. */
export const decimalOf = (value: number): string =>
  Quantity.ofThousandths(BigInt(Math.round(value * 1000))).toString();

/** A share of a week in whole parts, so that what is added up stays exact. */
const PARTS = 1_000_000;
const HALF = BigInt(PARTS / 2);

/**
 * Expected demand from today on as exact quantities: statistics are floating-point numbers as far as here, and what is bought and
 * what expires is reckoned from these. Beyond the weeks given it goes on as their mean.
 */
export class DemandCurve {
  /** Thousandths of a base unit until the end of each week. */
  private readonly totals: readonly bigint[];
  /** Parts of a week until the end of each day of it. */
  private readonly parts: readonly bigint[];

  private constructor(weeks: readonly bigint[], shares: WeekdayShares) {
    let total = 0n;
    this.totals = [0n, ...weeks.map((week) => (total += week))];
    let share = 0;
    this.parts = [0n, ...shares.slice(0, 6).map((one) => BigInt(Math.round((share += one) * PARTS)))];
  }

  /** From base units a week, the first of which begins today. */
  static of(weeks: readonly number[], shares: WeekdayShares = EVEN_SHARES): DemandCurve {
    return new DemandCurve(
      weeks.map((week) => BigInt(Math.max(Math.round(week * 1000), 0))),
      shares,
    );
  }

  /** As much each week. */
  static flat(perWeek: number): DemandCurve {
    return DemandCurve.of([perWeek]);
  }

  /** True: nothing is expected to be asked for. */
  get isNone(): boolean {
    return this.totals.at(-1) === 0n;
  }

  /** Base units a day in the coming week, for reading. */
  get perDay(): number {
    return Number(this.soldIn(7)) / 7000;
  }

  /** Thousandths expected in so many days, today the first of them. Never less for more days. */
  soldIn(days: number): bigint {
    if (days <= 0) return 0n;
    const weeks = this.totals.length - 1;
    if (weeks === 0) return 0n;
    const whole = Math.floor(days / 7);
    const all = this.totals[weeks] ?? 0n;
    if (whole >= weeks) return (all * BigInt(days)) / BigInt(weeks * 7);
    const before = this.totals[whole] ?? 0n;
    const week = (this.totals[whole + 1] ?? 0n) - before;
    return before + (week * (this.parts[days % 7] ?? 0n) + HALF) / BigInt(PARTS);
  }

  /** The same as text. */
  quantityIn(days: number): string {
    return Quantity.ofThousandths(this.soldIn(days)).toString();
  }
}
