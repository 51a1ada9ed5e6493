import { Quantity } from '../../platform/money/quantity.js';

/** A lot of one product that may still leave to patients: what is on hand, and for how many days it may be used, today not counted. */
export interface ExpiringLot {
  readonly quantity: Quantity;
  /** null: it does not expire; negative: it has. */
  readonly daysToExpiry: number | null;
}

/**
 * How much of each lot will be left when it expires, if as much is used each day as in the days looked back over. Lots in the order they are used in,
 * first expiry first: what the earlier ones give is no use of the later ones. A lot is used on its last day too.
 */
export function unsoldAtExpiry(lots: readonly ExpiringLot[], used: Quantity, inDays: number): Quantity[] {
  let taken = 0n;
  return lots.map(({ quantity, daysToExpiry }) => {
    if (daysToExpiry === null) return Quantity.zero;
    if (daysToExpiry < 0) return quantity;
    const wanted = used.isPositive() ? (used.thousandths * BigInt(daysToExpiry + 1)) / BigInt(inDays) : 0n;
    const room = wanted > taken ? wanted - taken : 0n;
    const sold = room < quantity.thousandths ? room : quantity.thousandths;
    taken += sold;
    return Quantity.ofThousandths(quantity.thousandths - sold);
  });
}
