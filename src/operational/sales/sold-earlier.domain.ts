import type { SellableDrug } from '../../reference/drugs/drugs.types.js';
import type { SoldEarlier } from './sales.types.js';

/**
 * Products as they were when they were sold: at the price of then, which the ceiling of then allowed. Where somebody accepted it, what is
 * recalled or needs a prescription since then does not undo a sale; a controlled medicine is never sold so.
 */
export const asSold = (
  drugs: ReadonlyMap<number, SellableDrug>,
  { packPrices, isAccepted }: SoldEarlier,
): ReadonlyMap<number, SellableDrug> =>
  new Map(
    [...drugs].map(([drugId, drug]) => [
      drugId,
      {
        ...drug,
        price: packPrices.get(drugId) ?? drug.price,
        priceCeiling: null,
        ...(isAccepted ? { status: 'active', rxOnly: false } : {}),
      },
    ]),
  );
