/** An exact non-negative fraction: doses, rates and days are multiplied without rounding in between. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ratio = (numerator: number | bigint, denominator: number | bigint = 1n): Ratio => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** From a decimal string such as "2.5"; throws RangeError for anything else. */
export function ratioOf(decimal: string): Ratio {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(decimal);
  if (!match) throw new RangeError(`not a decimal: ${decimal.slice(0, 40)}`);
  const fraction = match[2] ?? '';
  return ratio(BigInt(`${match[1]}${fraction}`), 10n ** BigInt(fraction.length));
}

export const times = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.numerator * b.numerator, a.denominator * b.denominator);
export const plus = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
/** Quotient; the divisor is not zero. */
export const over = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.numerator * b.denominator, a.denominator * b.numerator);
export const isMore = (a: Ratio, b: Ratio): boolean =>
  a.numerator * b.denominator > b.numerator * a.denominator;
export const smaller = (a: Ratio, b: Ratio): Ratio => (isMore(a, b) ? b : a);
export const floor = (a: Ratio): bigint => a.numerator / a.denominator;
export const ceiling = (a: Ratio): bigint => (a.numerator + a.denominator - 1n) / a.denominator;

/** Decimal text of at most `places` places, rounded up: what is dispensed must not fall short. */
export function decimalUp(value: Ratio, places: number): string {
  const scale = 10n ** BigInt(places);
  const scaled = ceiling(times(value, ratio(scale)));
  const fraction = (scaled % scale).toString().padStart(places, '0').replace(/0+$/, '');
  return `${scaled / scale}${fraction === '' ? '' : `.${fraction}`}`;
}
