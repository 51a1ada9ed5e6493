import { divideHalfUp } from '../../platform/money/decimal.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { addDays } from '../../platform/time/local-date.js';
import type { PriceRule } from './compounding.types.js';

/**
 * What of an ingredient makes `wanted` of the preparation, when `quantity` makes the `yield`: rounded half up to a thousandth
 * of the base unit, as the balance reads. The database computes the same.
 */
export function scaled(quantity: Quantity, wanted: Quantity, yielded: Quantity): Quantity {
  return Quantity.ofThousandths(divideHalfUp(quantity.thousandths * wanted.thousandths, yielded.thousandths));
}

/** Base units at what one of them cost, as decimal strings; costs have up to six places. */
export interface CostedQuantity {
  readonly quantity: string;
  readonly unitCost: string;
}

/** Billionths of the currency: quantities in thousandths times costs in millionths, so that a cost is exact. */
export type Cost = bigint;

const COST = /^(\d{1,12})(?:\.(\d{1,6}))?$/;

function millionths(text: string): bigint {
  const match = COST.exec(text);
  if (!match) throw new RangeError(`not a cost: ${text.slice(0, 40)}`);
  return BigInt(match[1] ?? '0') * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'));
}

/** What the lines cost together, exactly. */
export const costOf = (lines: readonly CostedQuantity[]): Cost =>
  lines.reduce(
    (sum, { quantity, unitCost }) => sum + Quantity.of(quantity).thousandths * millionths(unitCost),
    0n,
  );

/** A cost as money, rounded half up to the decimals of the currency. */
export const costText = (cost: Cost, decimals: number): string =>
  Money.of('0.001')
    .share(Quantity.ofThousandths(cost), Quantity.ofThousandths(1_000_000n), decimals)
    .toString();

/** Cost of a base unit of the preparation, rounded half up to a millionth as lots keep it. */
export function unitCostOf(cost: Cost, quantity: Quantity): string {
  const value = divideHalfUp(cost, quantity.thousandths);
  const fraction = (value % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${value / 1_000_000n}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Price of the yield: the fixed one, or the cost of its ingredients × (1 + markup) + fee, rounded half up to the decimals of the
 * currency once, at the end. `cost` is that of `quantity` of the preparation.
 */
export function yieldPrice(
  rule: PriceRule,
  made: { readonly cost: Cost; readonly quantity: Quantity },
  yielded: Quantity,
  decimals: number,
): Money {
  if (rule.kind === 'fixed') return Money.of(rule.price);
  const [whole = '0', fraction = ''] = rule.markup.split('.');
  const share = 10_000n + BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4));
  // Thousandths of the currency: billionths ÷ 10⁶, ten-thousandths ÷ 10⁴.
  const divisor = made.quantity.thousandths * 10_000_000_000n;
  const fee = Money.of(rule.fee).thousandths;
  const step = 10n ** BigInt(3 - decimals);
  const units = divideHalfUp(made.cost * yielded.thousandths * share + fee * divisor, divisor * step);
  return Money.of('0.001').share(Quantity.ofThousandths(units * step * 1000n), Quantity.of('1'), decimals);
}

/** Last day of use: so many days after it was made, and not after any of its ingredients. */
export function beyondUseDate(madeOn: string, days: number, expiries: readonly (string | null)[]): string {
  return expiries.reduce<string>(
    (first, expiry) => (expiry !== null && expiry < first ? expiry : first),
    addDays(madeOn, days),
  );
}

/** Whether a weighing is as near to what was calculated as the formula asks. */
export function isWithinTolerance(planned: Quantity, used: Quantity, tolerancePercent: string): boolean {
  const percent = Quantity.of(tolerancePercent).thousandths;
  const off = used.minus(planned).thousandths;
  return (off < 0n ? -off : off) * 100_000n <= planned.thousandths * percent;
}
