import { Quantity } from '../../platform/money/quantity.js';

/** An owed rest and the stock its product has, both in base units. */
interface Owed {
  readonly drugId: number;
  readonly quantityOwed: string;
  readonly stockOnHand: string;
}

/**
 * Which of these rests the stock completes, one after the other in the order given: what an earlier one takes is not
 * there for a later one. A rest that is not covered whole takes nothing, so a smaller one behind it may still be.
 */
export function completable<Row extends Owed>(rows: readonly Row[]): Row[] {
  const left = new Map<number, Quantity>();
  return rows.filter((row) => {
    const stock = left.get(row.drugId) ?? Quantity.of(row.stockOnHand);
    const owed = Quantity.of(row.quantityOwed);
    const isCovered = stock.compare(owed) >= 0;
    left.set(row.drugId, isCovered ? stock.minus(owed) : stock);
    return isCovered;
  });
}
