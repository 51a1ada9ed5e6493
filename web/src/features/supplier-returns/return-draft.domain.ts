import { cleanZeros, decimalOrZero, formatDecimal, formatMoney } from '../../ui/money.domain';

/** Why goods go back, in the order they are offered. */
export const RETURN_REASONS = [
  'expired',
  'near_expiry',
  'damaged',
  'recalled',
  'quality',
  'wrong_delivery',
  'overstock',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Less time than this left is near expiry. */
const NEAR_DAYS = 180;

/** What is known of a lot that may go back; base units. */
export interface ReturnableLot {
  readonly lotId: number;
  readonly drugName: string;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly status: string;
  readonly free: string;
  /** Days to its expiry; null: none is stated. */
  readonly daysLeft: number | null;
}

/** A lot of a return while it is made. `credit` empty: what it cost. */
export interface ReturnLine extends ReturnableLot {
  readonly quantity: string;
  readonly reason: ReturnReason;
  readonly credit: string;
}

/** The reason a lot most likely goes back for. */
export function likelyReason({ status, daysLeft }: Pick<ReturnableLot, 'status' | 'daysLeft'>): ReturnReason {
  if (status === 'recalled') return 'recalled';
  if (status === 'expired' || (daysLeft !== null && daysLeft < 0)) return 'expired';
  if (status === 'quarantined') return 'quality';
  return daysLeft !== null && daysLeft < NEAR_DAYS ? 'near_expiry' : 'overstock';
}

/** What is free of a lot: nothing that is kept for somebody goes back. */
export const freeOf = (quantity: string, reserved: string): string =>
  formatDecimal(decimalOrZero(quantity) - decimalOrZero(reserved));

/** Adds lots, each once, with all that is free of them; what has nothing free is left out. */
export function withLots(lines: readonly ReturnLine[], lots: readonly ReturnableLot[]): ReturnLine[] {
  const known = new Set(lines.map(({ lotId }) => lotId));
  const added: ReturnLine[] = [];
  for (const lot of lots) {
    if (known.has(lot.lotId) || decimalOrZero(lot.free) <= 0n) continue;
    known.add(lot.lotId);
    added.push({ ...lot, quantity: cleanZeros(lot.free), reason: likelyReason(lot), credit: '' });
  }
  return [...lines, ...added];
}

/** True where each line takes something, and no more than is free. */
export const isSendable = (lines: readonly ReturnLine[]): boolean =>
  lines.length > 0 &&
  lines.every(({ quantity, free }) => {
    const amount = decimalOrZero(quantity);
    return amount > 0n && amount <= decimalOrZero(free);
  });

/** Lines as the server takes them. */
export const sentLines = (
  lines: readonly ReturnLine[],
): { lotId: number; quantity: string; reason: ReturnReason; creditExpected?: string }[] =>
  lines.map(({ lotId, quantity, reason, credit }) => ({
    lotId,
    quantity: cleanZeros(quantity),
    reason,
    ...(credit === '' ? {} : { creditExpected: formatMoney(decimalOrZero(credit)) }),
  }));
