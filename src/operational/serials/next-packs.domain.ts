import { Quantity } from '../../platform/money/quantity.js';

/** A lot in the order it gives. Base units, decimal strings. */
export interface LotOfPacks {
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly bin: string | null;
  readonly free: string;
}

/** A pack something is left in. */
export interface OpenPack {
  readonly packSerialId: number;
  readonly lotId: number;
  readonly gtin: string;
  readonly serial: string;
  readonly status: 'in_stock' | 'opened';
  readonly remaining: string;
}

/** What to take from which lot, and out of which packs of it. */
export interface LotToTake extends LotOfPacks {
  readonly quantity: string;
  readonly packs: readonly (OpenPack & { readonly take: string })[];
}

const least = (a: Quantity, b: Quantity): Quantity => (a.compare(b) < 0 ? a : b);

/**
 * Which packs to take a quantity from: lots in the order given (first expiry first), in each the opened pack first and then the
 * one received first. What no known pack holds is taken from the rest of the lot. Takes less where there is less.
 */
export function nextPacks(
  lots: readonly LotOfPacks[],
  packs: readonly OpenPack[],
  quantity: string,
): LotToTake[] {
  let wanted = Quantity.of(quantity);
  const answer: LotToTake[] = [];
  for (const lot of lots) {
    if (!wanted.isPositive()) break;
    const fromLot = least(wanted, Quantity.of(lot.free));
    wanted = wanted.minus(fromLot);
    let left = fromLot;
    const inOrder = packs
      .filter(({ lotId }) => lotId === lot.lotId)
      .sort((a, b) => rank(a) - rank(b) || a.packSerialId - b.packSerialId);
    const taken: (OpenPack & { take: string })[] = [];
    for (const pack of inOrder) {
      const take = least(left, Quantity.of(pack.remaining));
      if (!take.isPositive()) break;
      left = left.minus(take);
      taken.push({ ...pack, take: take.toString() });
    }
    answer.push({ ...lot, quantity: fromLot.toString(), packs: taken });
  }
  return answer;
}

const rank = ({ status }: OpenPack): number => (status === 'opened' ? 0 : 1);
