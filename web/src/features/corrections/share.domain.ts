import { formatDecimal, parseDecimal } from '../../ui/money.domain';

/** Shares are kept to the ten-thousandth: a hundredth of a per cent. */
const WHOLE = 10_000n;
const PATTERN = /^(\d)(?:\.(\d{1,4}))?$/;

/** A share such as "0.05" as per cent, for a field: "5". */
export function percentOf(share: string): string {
  const [, whole = '0', fraction = ''] = PATTERN.exec(share) ?? [];
  return formatDecimal((BigInt(whole) * WHOLE + BigInt(fraction.padEnd(4, '0'))) * 10n);
}

/** Per cent as typed as a share for the server; undefined for what is none between 0 and 100, or finer than it is kept. */
export function shareOf(percent: string): string | undefined {
  const value = parseDecimal(percent);
  if (value === undefined || value < 0n || value > WHOLE * 10n || value % 10n !== 0n) return undefined;
  const digits = String(value / 10n).padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -4) : `${digits.slice(0, -4)}.${fraction}`;
}
