import { divideHalfUp } from '../../../platform/money/decimal.js';
import { Money } from '../../../platform/money/money.js';

/** How a product is taxed on a day. */
export interface TaxRule {
  readonly taxClassId: number;
  readonly code: string;
  /** Share of the net price, as "0.14" for 14 %; 0 to 1, at most four places. */
  readonly rate: string;
  /** True: the price holds the tax; false: tax is added to it. */
  readonly isIncluded: boolean;
}

/** Tax of one line. Without a class there is none: rate "0", tax 0. */
export interface LineTax {
  readonly taxClassId: number | null;
  readonly code: string | null;
  readonly rate: string;
  readonly isIncluded: boolean;
  readonly tax: Money;
}

/** A line as far as its tax goes. */
export interface TaxedLine extends LineTax {
  /** Price less discount, with the tax that prices hold. */
  readonly base: Money;
}

/** Lines of one class and rate together. */
export interface TaxSum {
  readonly taxClassId: number;
  readonly code: string;
  readonly rate: string;
  readonly isIncluded: boolean;
  /** What is taxed, without the tax. */
  readonly net: Money;
  readonly tax: Money;
}

/** A rate is kept to the ten-thousandth. */
const RATE_WHOLE = 10_000n;

/** Whole ten-thousandths of a rate. */
function rateParts(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole) * RATE_WHOLE + BigInt(fraction.padEnd(4, '0').slice(0, 4));
}

/** The line that is not taxed. */
export const UNTAXED: LineTax = {
  taxClassId: null,
  code: null,
  rate: '0',
  isIncluded: false,
  tax: Money.zero,
};

/**
 * Tax of a line: of its price less discount, in it (base × rate ÷ (1 + rate)) or on top of it (base × rate), rounded half up to the
 * smallest coin, line by line. `base` is not negative. The database reckons the same (operational.tax_of).
 */
export function taxOfLine(base: Money, rule: TaxRule | undefined, decimals: number): LineTax {
  if (rule === undefined) return UNTAXED;
  const parts = rateParts(rule.rate);
  const step = 10n ** BigInt(3 - decimals);
  const whole = rule.isIncluded ? RATE_WHOLE + parts : RATE_WHOLE;
  const tax = Money.ofThousandths(divideHalfUp(base.thousandths * parts, whole * step) * step);
  const { taxClassId, code, rate, isIncluded } = rule;
  return { taxClassId, code, rate, isIncluded, tax };
}

/** What the customer pays for a line: the tax is added where the price does not hold it. */
export const withTax = (base: Money, { isIncluded, tax }: LineTax): Money =>
  isIncluded ? base : base.plus(tax);

/** Taxes of a sale: all of it, and the part that prices hold. */
export function taxTotals(lines: readonly LineTax[]): { total: Money; inPrices: Money } {
  return {
    total: Money.sum(lines.map(({ tax }) => tax)),
    inPrices: Money.sum(lines.filter(({ isIncluded }) => isIncluded).map(({ tax }) => tax)),
  };
}

/** Lines by class and rate, in the order they come first: what a receipt and a tax report print. Lines without a class are left out. */
export function taxSummary(lines: readonly TaxedLine[]): TaxSum[] {
  const sums = new Map<string, TaxSum>();
  for (const { taxClassId, code, rate, isIncluded, base, tax } of lines) {
    if (taxClassId === null || code === null) continue;
    const key = `${taxClassId}/${rate}`;
    const before = sums.get(key);
    const net = isIncluded ? base.minus(tax) : base;
    sums.set(key, {
      taxClassId,
      code,
      rate,
      isIncluded,
      net: before ? before.net.plus(net) : net,
      tax: before ? before.tax.plus(tax) : tax,
    });
  }
  return [...sums.values()];
}
