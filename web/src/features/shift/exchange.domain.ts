const MILLIONTHS = 1_000_000n;

/** A rate as a whole number of millionths; zero for text that is none. */
function millionthsOf(rate: string): bigint {
  const found = /^(\d+)(?:\.(\d{1,6}))?$/.exec(rate);
  if (!found) return 0n;
  return BigInt(found[1] ?? '0') * MILLIONTHS + BigInt((found[2] ?? '').padEnd(6, '0'));
}

/**
 * An amount (thousandths of the branch currency, not negative) in another currency, of which one unit is worth `rate` of it: rounded
 * half up to `decimals` digits. For showing alone: nothing is paid in it.
 */
export function inCurrency(amount: bigint, rate: string, decimals: number): string {
  const divisor = millionthsOf(rate);
  if (divisor === 0n) return '–';
  const scale = 10n ** BigInt(decimals);
  const scaled = amount * MILLIONTHS * scale;
  const per = divisor * 1000n;
  const rounded = (scaled * 2n + per) / (per * 2n);
  const digits = String(rounded).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
