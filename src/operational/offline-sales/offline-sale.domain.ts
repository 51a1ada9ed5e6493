import type { DomainError } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import type { JudgedPrice, OfflineSaleContent, PriceDifference } from './offline-sales.types.js';

/** Refusals that say something about the sender or the moment and nothing about the sale: the till keeps it and sends it again. */
const NOT_OF_THE_SALE: ReadonlySet<string> = new Set([
  'no-open-shift',
  'idempotency-key-reused',
  'offline-sale-differs',
]);

/** True where a refusal is of the sale itself: it happened all the same, so somebody has to decide. */
export const isConflict = (refusal: DomainError): boolean =>
  refusal.status < 500 && !NOT_OF_THE_SALE.has(refusal.code);

/** The sale in the words of a sale at the counter: paid in cash, of nobody in particular. */
export const asSale = ({ items, cash }: OfflineSaleContent) => ({
  items: items.map(({ drugId, quantity, unit, discount, packs }) => ({
    drugId,
    quantity,
    unit,
    ...(discount === undefined ? {} : { discount }),
    ...(packs === undefined ? {} : { packs }),
  })),
  payments: Money.of(cash).isZero() ? [] : [{ method: 'cash' as const, amount: cash }],
});

/** What a pack of each product was sold at. */
export const packPricesOf = ({ items }: OfflineSaleContent): ReadonlyMap<number, string> =>
  new Map(items.map(({ drugId, packPrice }) => [drugId, packPrice]));

/** Lines whose pack costs something else now, each product once. */
export function priceDifferences(prices: readonly JudgedPrice[]): PriceDifference[] {
  const seen = new Set<number>();
  return prices.flatMap(({ lineNo, drugId, soldAt, price }) => {
    if (price === null || seen.has(drugId) || Money.of(price).compare(Money.of(soldAt)) === 0) return [];
    seen.add(drugId);
    return [{ lineNo, drugId, soldAt: Money.of(soldAt).toString(), price: Money.of(price).toString() }];
  });
}
