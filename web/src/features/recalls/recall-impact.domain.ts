import { formatDecimal, sumDecimals } from '../../ui/money.domain';

interface Held {
  readonly lotNumber: string;
  readonly quantity: string;
}

const spelt = (lotNumber: string): string => lotNumber.trim().toLowerCase();

/** What a recall of this lot, or of every lot, would set aside: how many lots with how much. Compared as the server does. */
export function impactOf(held: readonly Held[], lotNumber: string): { lots: number; quantity: string } {
  const wanted = spelt(lotNumber);
  const met = held.filter(
    (one) => one.quantity !== '0' && (wanted === '' || spelt(one.lotNumber) === wanted),
  );
  return { lots: met.length, quantity: formatDecimal(sumDecimals(met.map(({ quantity }) => quantity))) };
}
