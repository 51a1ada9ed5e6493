/** An exact non-negative number: doses are divided by days and multiplied by strengths without rounding in between. */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(\d{1,12})(?:\.(\d{1,9}))?$/;
/** Places screening reads. */
const PLACES = 6;
const SCALE = 10n ** BigInt(PLACES);
/** Screening refuses amounts of ten digits. */
const MOST = 10n ** 9n;

export const whole = (value: number): Exact => ({ numerator: BigInt(value), denominator: 1n });

/** Reads a decimal as FHIR's JSON gives it; undefined for a negative number, an exponent, or too many digits. */
export function exactOf(value: number | string | undefined): Exact | undefined {
  const match = DECIMAL.exec(String(value));
  if (!match) return undefined;
  const fraction = match[2] ?? '';
  return {
    numerator: BigInt(`${match[1]}${fraction}`),
    denominator: 10n ** BigInt(fraction.length),
  };
}

export const times = (a: Exact, b: Exact): Exact => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

/** Quotient; undefined when the divisor is zero. */
export const over = (a: Exact, b: Exact): Exact | undefined =>
  b.numerator === 0n
    ? undefined
    : { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };

export const isMore = (a: Exact, b: Exact): boolean =>
  a.numerator * b.denominator > b.numerator * a.denominator;

export const smaller = (a: Exact, b: Exact): Exact => (isMore(a, b) ? b : a);

/** Smallest whole number that is not less. */
export const ceiling = (value: Exact): number =>
  Number((value.numerator + value.denominator - 1n) / value.denominator);

/**
 * Decimal text of at most six places, rounded up, so that rounding never hides an overdose; undefined for what screening
 * does not take: zero (unless allowed) and what has ten digits before the point.
 */
export function decimalText(value: Exact, zeroAllowed = false): string | undefined {
  const scaled = (value.numerator * SCALE + value.denominator - 1n) / value.denominator;
  if (scaled >= MOST * SCALE || (scaled === 0n && !zeroAllowed)) return undefined;
  const fraction = (scaled % SCALE).toString().padStart(PLACES, '0').replace(/0+$/, '');
  return `${scaled / SCALE}${fraction === '' ? '' : `.${fraction}`}`;
}
