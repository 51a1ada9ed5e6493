/** Thousandths: the finest step of money and of quantities in Meditory (numeric(14,3) in the database). */
const SCALE = 3;
const UNIT = 1000n;
const DECIMAL = /^(-?)(\d{1,11})(?:\.(\d{1,3}))?$/;

/** Reads a decimal string of at most 11 digits before and 3 after the point as thousandths; throws RangeError otherwise. */
export function parseThousandths(text: string): bigint {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal of at most 11 and ${SCALE} digits: ${text.slice(0, 40)}`);
  const value = BigInt(match[2] ?? '0') * UNIT + BigInt((match[3] ?? '').padEnd(SCALE, '0'));
  return match[1] === '-' ? -value : value;
}

/** Writes thousandths as a decimal string with at least `minDecimals` places and no further trailing zeros. */
export function formatThousandths(value: bigint, minDecimals: number): string {
  const sign = value < 0n ? '-' : '';
  const absolute = value < 0n ? -value : value;
  const fraction = (absolute % UNIT).toString().padStart(SCALE, '0');
  const kept = fraction.replace(/0+$/, '').padEnd(minDecimals, '0');
  return `${sign}${absolute / UNIT}${kept ? `.${kept}` : ''}`;
}

/** Integer division rounded half away from zero: the rounding of tills and tax offices. `divisor` is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n;
  const absolute = dividend < 0n ? -dividend : dividend;
  return sign * ((2n * absolute + divisor) / (2n * divisor));
}
