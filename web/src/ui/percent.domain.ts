import { formatDecimal, parseDecimal } from './money.domain';

/** "12.5" percent as the share "0.125" the server keeps; undefined where it is none of 0 to 100 with at most two decimals. */
export function shareOfPercent(text: string): string | undefined {
  const percent = parseDecimal(text);
  if (percent === undefined || percent < 0n || percent > 100_000n || percent % 10n !== 0n) return undefined;
  const parts = percent / 10n;
  const fraction = (parts % 10_000n).toString().padStart(4, '0').replace(/0+$/, '');
  return `${parts / 10_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The share "0.125" as the percent "12.5". */
export function percentOfShare(share: string): string {
  const [whole = '0', fraction = ''] = share.split('.');
  const parts = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4));
  return formatDecimal(parts * 10n);
}
