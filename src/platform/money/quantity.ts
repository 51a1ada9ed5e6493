import { formatThousandths, parseThousandths } from './decimal.js';

/** An exact quantity in base units (tablets, ml, pieces), to the thousandth. Immutable. */
export class Quantity {
  static readonly zero = new Quantity(0n);

  private constructor(readonly thousandths: bigint) {}

  /** From a decimal string such as "30" or "2.5"; throws RangeError when it is not one. */
  static of(text: string): Quantity {
    return new Quantity(parseThousandths(text));
  }

  static ofThousandths(value: bigint): Quantity {
    return new Quantity(value);
  }

  plus(other: Quantity): Quantity {
    return new Quantity(this.thousandths + other.thousandths);
  }

  minus(other: Quantity): Quantity {
    return new Quantity(this.thousandths - other.thousandths);
  }

  negated(): Quantity {
    return new Quantity(-this.thousandths);
  }

  /** Product with another quantity, exact; throws RangeError when it is finer than a thousandth. */
  times(other: Quantity): Quantity {
    const product = this.thousandths * other.thousandths;
    if (product % 1000n !== 0n) throw new RangeError('the product is finer than a thousandth');
    return new Quantity(product / 1000n);
  }

  compare(other: Quantity): -1 | 0 | 1 {
    return this.thousandths < other.thousandths ? -1 : this.thousandths > other.thousandths ? 1 : 0;
  }

  isPositive(): boolean {
    return this.thousandths > 0n;
  }

  /** Decimal string without trailing zeros: "30", "2.5". */
  toString(): string {
    return formatThousandths(this.thousandths, 0);
  }

  toJSON(): string {
    return this.toString();
  }
}
