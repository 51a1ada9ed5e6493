import { Quantity } from '../../../platform/money/quantity.js';
import type { DemandCurve } from '../forecast/demand-curve.domain.js';

/** What is known of a product at a branch. Decimal strings, base units. */
export interface ReorderFacts {
  /** Lots that may be sold, with the days until they expire (0: today is the last day); null: no expiry. */
  readonly lots: readonly { readonly quantity: string; readonly days: number | null }[];
  readonly onOrder: string;
  /** What is expected to be asked for from today on. */
  readonly demand: DemandCurve;
  /** Kept above that, for what cannot be foreseen. */
  readonly safety: string;
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
}

export interface Suggestion {
  readonly reason: 'min-max' | 'forecast';
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

/**
 * What to buy of a product; undefined where there is enough. The first to expire is sold first, and what will expire before its turn is not
 * counted as stock. Where least and most are set, at the least it is filled up to the most; else wanted is what is expected over lead time
 * and review, and the safety stock. Never more is bought than is expected to be sold before a new delivery would expire; packs are whole,
 * rounded up where that holds and down where not.
 */
export function suggestReorder(facts: ReorderFacts, terms: ReorderTerms): Suggestion | undefined {
  const { demand, min, max } = facts;
  const { usable, willExpire } = sellable(facts.lots, demand);
  const position = usable + Quantity.of(facts.onOrder).thousandths;
  const hasRange = min !== null && max !== null;
  if (hasRange && position > Quantity.of(min).thousandths) return undefined;
  const wanted = demand.soldIn(facts.leadDays + terms.reviewDays) + Quantity.of(facts.safety).thousandths;
  const target = hasRange ? Quantity.of(max).thousandths : wanted;
  const need = target - position;
  if (need <= 0n) return undefined;
  // A delivery comes after the lead time and keeps its shelf life from then on; what is there now is sold before it.
  const most =
    demand.isNone || facts.shelfLifeDays === null
      ? undefined
      : nonNegative(demand.soldIn(facts.leadDays + facts.shelfLifeDays) - position);
  const pack = Quantity.of(facts.packUnits).thousandths;
  const up = ceilDivide(need, pack);
  const packs = most === undefined || up * pack <= most ? up : most / pack;
  const text = (thousandths: bigint): string => Quantity.ofThousandths(thousandths).toString();
  return {
    reason: hasRange ? 'min-max' : 'forecast',
    quantity: text(packs * pack),
    packs: Number(packs),
    usable: text(usable),
    willExpire: text(willExpire),
    target: text(target),
    isCapped: packs < up,
  };
}

/** What of the lots is sold before it expires, the first to expire first. Where nothing is expected nobody can tell: all of it. */
export function sellable(
  lots: ReorderFacts['lots'],
  demand: DemandCurve,
): { usable: bigint; willExpire: bigint } {
  const sorted = [...lots].sort((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity));
  let usable = 0n;
  let willExpire = 0n;
  for (const { quantity, days } of sorted) {
    const whole = Quantity.of(quantity).thousandths;
    const turn = demand.isNone || days === null ? whole : nonNegative(demand.soldIn(days + 1) - usable);
    const sold = turn < whole ? turn : whole;
    usable += sold;
    willExpire += whole - sold;
  }
  return { usable, willExpire };
}

const nonNegative = (value: bigint): bigint => (value < 0n ? 0n : value);
const ceilDivide = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;
