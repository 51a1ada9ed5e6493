import { decimalOrZero, type Thousandths } from '../../ui/money.domain';
import type { Counted, Delivery, OrderedLine } from './delivery.types';

/**
 * Base units of a line that come free beyond what was ordered free, with the tolerance of the order; zero where there are none.
 * Received free ≤ ordered free × (1 + tolerance), the tolerance to the thousandth, as the server counts it.
 */
export function freeBeyond(
  { entries }: Pick<Delivery, 'entries'>,
  line: OrderedLine,
  counted: ReadonlyMap<number, Counted>,
  tolerance: string,
): Thousandths {
  const free = entries
    .filter((entry) => entry.purchaseOrderItemId === line.purchaseOrderItemId)
    .reduce((so, { key }) => so + (counted.get(key)?.free ?? 0n), 0n);
  const most = (decimalOrZero(line.quantityBonus) * (1000n + decimalOrZero(tolerance))) / 1000n;
  const left = most - decimalOrZero(line.quantityBonusReceived);
  const beyond = free - (left > 0n ? left : 0n);
  return beyond > 0n ? beyond : 0n;
}

/** Longest reason for free goods. */
export const MOST_OF_REASON = 500;

/** Why more of a line comes free than was ordered; empty: nobody said. */
export const freeReasonOf = ({ freeReasons }: Pick<Delivery, 'freeReasons'>, itemId: number): string =>
  freeReasons[itemId] ?? '';

export const giveFreeReason = (delivery: Delivery, itemId: number, reason: string): Delivery => ({
  ...delivery,
  freeReasons: { ...delivery.freeReasons, [itemId]: reason },
});
