import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';

/** An order line with what came of it and what invoices that stand charge of it, less what was credited. Decimal strings, base units. */
export interface ChargeableLine {
  readonly orderedNet: string;
  readonly taxRate: string;
  readonly quantityOrdered: string;
  readonly quantityReceived: string;
  readonly quantityCharged: string;
}

/** What an invoice would charge of it: base units, net and tax; all zero where nothing is left to be charged. */
export interface ProposedCharge {
  readonly quantity: string;
  readonly net: string;
  readonly tax: string;
}

/** What came and was paid for less what was charged, at the price of the order; as a match expects it, so that it finds no difference. */
export function proposeCharge(line: ChargeableLine, decimals: number): ProposedCharge {
  const rest = Quantity.of(line.quantityReceived).minus(Quantity.of(line.quantityCharged));
  const quantity = rest.isPositive() ? rest : Quantity.zero;
  const net = Money.of(line.orderedNet).share(quantity, Quantity.of(line.quantityOrdered), decimals);
  return {
    quantity: quantity.toString(),
    net: net.toString(),
    tax: net.timesRate(line.taxRate, decimals).toString(),
  };
}

/** What is no goods and still to be charged: the landed cost of the order less what was charged of it. */
export function proposeCharges(landedCost: string, charged: string): string {
  const rest = Money.of(landedCost).minus(Money.of(charged));
  return rest.isNegative() ? Money.zero.toString() : rest.toString();
}
