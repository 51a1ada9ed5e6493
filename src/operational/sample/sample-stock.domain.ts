import { addDays } from '../../platform/time/local-date.js';

/** A lot the sample pharmacy starts with. */
export interface SampleLot {
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string;
  /** Base units, decimal string. */
  readonly quantity: string;
  /** Net cost of a base unit, decimal string. */
  readonly unitCost: string;
}

/** A product as far as its opening stock needs it; decimal strings. */
export interface StockedProduct {
  readonly drugId: number;
  readonly price: string;
  readonly unitsPerPack: string;
}

const DAYS_TO_EXPIRY = [45, 150, 320, 540, 720] as const;

/** A number from 0 to size − 1 that depends only on its arguments: the sample is the same at every installation. */
function spread(seed: number, salt: number, size: number): number {
  return (((seed * 2654435761 + salt * 40503) >>> 0) >>> 7) % size;
}

/**
 * Opening stock of one branch: up to three lots a product with expiries from six weeks to two years, about one product
 * in twelve out of stock so that equivalents have something to do. Cost is 78 % of the price, to six decimals.
 */
export function planSampleLots(
  products: readonly StockedProduct[],
  branch: number,
  today: string,
): SampleLot[] {
  return products.flatMap((product) => {
    if (spread(product.drugId, branch, 12) === 0) return [];
    const lots = 1 + spread(product.drugId, branch + 10, 3);
    return Array.from({ length: lots }, (_, n): SampleLot => {
      const days = (DAYS_TO_EXPIRY[(n + spread(product.drugId, 3, 3)) % DAYS_TO_EXPIRY.length] ?? 365) + n;
      const packs = BigInt(3 + spread(product.drugId, branch * 7 + n, 18));
      return {
        drugId: product.drugId,
        lotNumber: `B${branch}${String(product.drugId).padStart(4, '0')}${String.fromCharCode(65 + n)}`,
        expiryDate: addDays(today, days),
        quantity: scaled(packs * thousandths(product.unitsPerPack), 3),
        unitCost: scaled((thousandths(product.price) * 780_000n) / thousandths(product.unitsPerPack), 6),
      };
    });
  });
}

const thousandths = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0').slice(0, 3));
};

const scaled = (value: bigint, decimals: number): string => {
  const digits = value.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
