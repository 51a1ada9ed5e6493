import { divideHalfUp, formatThousandths, parseThousandths } from './decimal.js';
import type { Quantity } from './quantity.js';

/** An exact amount of the branch currency, to the thousandth (three-decimal currencies fit). Immutable. */
export class Money {
  static readonly zero = new Money(0n);

  private constructor(readonly thousandths: bigint) {}

  /** From a decimal string such as "12.50"; throws RangeError when it is not one. */
  static of(text: string): Money {
    return new Money(parseThousandths(text));
  }

  static ofThousandths(value: bigint): Money {
    return new Money(value);
  }

  static sum(amounts: Iterable<Money>): Money {
    let total = 0n;
    for (const amount of amounts) total += amount.thousandths;
    return new Money(total);
  }

  plus(other: Money): Money {
    return new Money(this.thousandths + other.thousandths);
  }

  minus(other: Money): Money {
    return new Money(this.thousandths - other.thousandths);
  }

  negated(): Money {
    return new Money(-this.thousandths);
  }

  /**
   * This amount times numerator ÷ denominator, rounded half away from zero to `decimals` of the currency.
   * The price of a part of a pack: `packPrice.share(quantity, unitsPerPack, 2)`.
   */
  share(numerator: Quantity, denominator: Quantity, decimals: number): Money {
    const step = 10n ** BigInt(3 - decimals);
    const units = divideHalfUp(this.thousandths * numerator.thousandths, denominator.thousandths * step);
    return new Money(units * step);
  }

  /** Rounded half away from zero to a multiple of `step`; a zero step leaves it as it is. */
  roundedTo(step: Money): Money {
    if (step.thousandths === 0n) return this;
    return new Money(divideHalfUp(this.thousandths, step.thousandths) * step.thousandths);
  }

  /** This amount times a rate given as a decimal string ("0.14"), rounded half away from zero to `decimals`. */
  timesRate(rate: string, decimals: number): Money {
    const [whole = '0', fraction = ''] = rate.split('.');
    const scaled = BigInt(whole) * 10000n + BigInt(fraction.padEnd(4, '0').slice(0, 4));
    const step = 10n ** BigInt(3 - decimals);
    return new Money(divideHalfUp(this.thousandths * scaled, 10000n * step) * step);
  }

  compare(other: Money): -1 | 0 | 1 {
    return this.thousandths < other.thousandths ? -1 : this.thousandths > other.thousandths ? 1 : 0;
  }

  isZero(): boolean {
    return this.thousandths === 0n;
  }

  isNegative(): boolean {
    return this.thousandths < 0n;
  }

  /** Decimal string with at least two places: "12.50". */
  toString(): string {
    return formatThousandths(this.thousandths, 2);
  }

  toJSON(): string {
    return this.toString();
  }
}
