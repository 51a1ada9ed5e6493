import { Quantity } from '../../../platform/money/quantity.js';

/** What is known of a product at a branch. Decimal strings, base units. */
export interface ReorderFacts {
  /** Lots that may be sold, with the days until they expire (0: today is the last day); null: no expiry. */
  readonly lots: readonly { readonly quantity: string; readonly days: number | null }[];
  readonly onOrder: string;
  /** Dispensed and sold in the days observed, less what came back. */
  readonly used: string;
  /** Days observed on which there was any of it; at least one. */
  readonly daysInStock: number;
  readonly packUnits: string;
  /** Days from order to delivery. */
  readonly leadDays: number;
  /** Days a delivery of it keeps, as deliveries before did; null: not known. */
  readonly shelfLifeDays: number | null;
  readonly min: string | null;
  readonly max: string | null;
}

/** How far ahead is bought. */
export interface ReorderTerms {
  /** Days until somebody looks again. */
  readonly reviewDays: number;
  /** Days of usage kept in case. */
  readonly safetyDays: number;
}

export interface Suggestion {
  readonly reason: 'min-max' | 'usage';
  /** Base units to buy: whole packs; zero where all of it would expire. */
  readonly quantity: string;
  readonly packs: number;
  /** Base units of stock that will be sold before they expire. */
  readonly usable: string;
  /** Base units of stock that will not. */
  readonly willExpire: string;
  /** Base units wanted, in stock and on order. */
  readonly target: string;
  /** True: less than wanted, since more would expire before it is sold. */
  readonly isCapped: boolean;
}

/** Days a product must have been in stock to be believed: three days of a new one say nothing of a month. */
const MIN_DAYS_IN_STOCK = 7;

/**
 * What to buy of a product; undefined where there is enough. Usage a day is what was used over the days there was any. The first to
 * expire is sold first, and what will expire before its turn is not counted as stock. Where least and most are set, at the least
 * it is filled up to the most; else wanted is usage over lead time, review and safety. Never more is bought than is sold before a
 * new delivery would expire; packs are whole, rounded up where that holds and down where not.
 */
export function suggestReorder(facts: ReorderFacts, terms: ReorderTerms): Suggestion | undefined {
  const used = nonNegative(Quantity.of(facts.used).thousandths);
  const days = BigInt(Math.max(facts.daysInStock, MIN_DAYS_IN_STOCK));
  const soldIn = (time: number): bigint => (used * BigInt(Math.max(time, 0))) / days;
  const { usable, willExpire } = sellable(facts.lots, used === 0n ? undefined : soldIn);
  const position = usable + Quantity.of(facts.onOrder).thousandths;
  const { min, max } = facts;
  const hasRange = min !== null && max !== null;
  if (hasRange && position > Quantity.of(min).thousandths) return undefined;
  const horizon = facts.leadDays + terms.reviewDays + terms.safetyDays;
  const target = hasRange ? Quantity.of(max).thousandths : ceilDivide(used * BigInt(horizon), days);
  const need = target - position;
  if (need <= 0n) return undefined;
  // A delivery comes after the lead time and keeps its shelf life from then on; what is there now is sold before it.
  const most =
    used === 0n || facts.shelfLifeDays === null
      ? undefined
      : nonNegative(soldIn(facts.leadDays + facts.shelfLifeDays) - position);
  const pack = Quantity.of(facts.packUnits).thousandths;
  const up = ceilDivide(need, pack);
  const packs = most === undefined || up * pack <= most ? up : most / pack;
  const text = (thousandths: bigint): string => Quantity.ofThousandths(thousandths).toString();
  return {
    reason: hasRange ? 'min-max' : 'usage',
    quantity: text(packs * pack),
    packs: Number(packs),
    usable: text(usable),
    willExpire: text(willExpire),
    target: text(target),
    isCapped: packs < up,
  };
}

/** What of the lots is sold before it expires, the first to expire first. Without usage nobody can tell: all of it. */
function sellable(
  lots: ReorderFacts['lots'],
  soldIn: ((days: number) => bigint) | undefined,
): { usable: bigint; willExpire: bigint } {
  const sorted = [...lots].sort((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity));
  let usable = 0n;
  let willExpire = 0n;
  for (const { quantity, days } of sorted) {
    const whole = Quantity.of(quantity).thousandths;
    const turn = soldIn === undefined || days === null ? whole : nonNegative(soldIn(days + 1) - usable);
    const sold = turn < whole ? turn : whole;
    usable += sold;
    willExpire += whole - sold;
  }
  return { usable, willExpire };
}

/** Usage a day, to the thousandth. */
export const usagePerDay = (used: string, daysInStock: number): string =>
  Quantity.ofThousandths(
    nonNegative(Quantity.of(used).thousandths) / BigInt(Math.max(daysInStock, MIN_DAYS_IN_STOCK)),
  ).toString();

const nonNegative = (value: bigint): bigint => (value < 0n ? 0n : value);
const ceilDivide = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;
