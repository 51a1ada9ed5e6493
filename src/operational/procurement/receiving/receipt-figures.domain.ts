import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { costPerUnit, shareExactly } from '../exact-share.domain.js';

/** An order line as far as it was received. Decimal strings, base units. */
export interface OrderedSoFar {
  readonly purchaseOrderItemId: number;
  /** Net and landed cost of the whole line. */
  readonly cost: string;
  readonly quantityOrdered: string;
  readonly quantityReceived: string;
  /** What receipts that stand have taken of the cost. */
  readonly costReceived: string;
}

/** A line of a delivery: base units paid for and free ones, not both zero. */
export interface DeliveredLine {
  readonly purchaseOrderItemId: number;
  readonly paid: Quantity;
  readonly bonus: Quantity;
}

/** What a line of a delivery costs. */
export interface DeliveredCost {
  readonly netCost: string;
  readonly landedCost: string;
  readonly unitCost: string;
}

/**
 * What each line of a delivery costs: its part of the cost of the order line, so that the parts of a line that came whole add up to
 * its cost to the smallest unit; a share of the cost of the delivery by value; and of a base unit, free ones counted. What comes
 * above the order costs as much a unit as what was ordered; what comes free costs nothing but its share of the delivery.
 */
export function deliveredCosts(
  ordered: ReadonlyMap<number, OrderedSoFar>,
  lines: readonly DeliveredLine[],
  landedCost: string,
  decimals: number,
): DeliveredCost[] {
  const sofar = new Map(
    [...ordered].map(([id, line]) => [
      id,
      { received: Quantity.of(line.quantityReceived), cost: Money.of(line.costReceived) },
    ]),
  );
  const nets = lines.map(({ purchaseOrderItemId, paid }) => {
    const line = ordered.get(purchaseOrderItemId);
    const before = sofar.get(purchaseOrderItemId);
    if (!line || !before || !paid.isPositive()) return Money.zero;
    const received = before.received.plus(paid);
    const upTo = Money.of(line.cost).share(received, Quantity.of(line.quantityOrdered), decimals);
    const part = upTo.minus(before.cost);
    const net = part.isNegative() ? Money.zero : part;
    sofar.set(purchaseOrderItemId, { received, cost: before.cost.plus(net) });
    return net;
  });
  const shares = shareExactly(
    Money.of(landedCost),
    nets.map((net) => net.thousandths),
    decimals,
  );
  return lines.map(({ paid, bonus }, index) => {
    const net = nets[index] ?? Money.zero;
    const landed = shares[index] ?? Money.zero;
    return {
      netCost: net.toString(),
      landedCost: landed.toString(),
      unitCost: costPerUnit(net.plus(landed), paid.plus(bonus)),
    };
  });
}

/** How much may still come of an order line: ordered × (1 + tolerance) less what came; zero where it is exceeded. */
export function mayStillCome(
  line: { readonly quantityOrdered: string; readonly quantityReceived: string },
  tolerance: string,
): Quantity {
  const [whole = '0', fraction = ''] = tolerance.split('.');
  const share = BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0').slice(0, 3));
  const most = (Quantity.of(line.quantityOrdered).thousandths * (1000n + share)) / 1000n;
  const left = most - Quantity.of(line.quantityReceived).thousandths;
  return Quantity.ofThousandths(left > 0n ? left : 0n);
}
