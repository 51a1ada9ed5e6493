import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';

/** A line that charges goods or something else. Decimal strings, base units. */
export interface ChargedLine {
  readonly lineNo: number;
  /** Null: not goods. */
  readonly drugId: number | null;
  readonly quantity: string | null;
  readonly net: string;
  readonly tax: string;
  /** What was ordered and came; null: of no order line. */
  readonly ordered: {
    readonly purchaseOrderItemId: number;
    readonly net: string;
    readonly taxRate: string;
    readonly quantityOrdered: string;
    readonly quantityReceived: string;
    /** Charged by other invoices that stand, less what was credited. */
    readonly chargedBefore: string;
  } | null;
}

export const DIFFERENCES = ['price', 'tax', 'quantity', 'not-ordered', 'not-received', 'charges'] as const;

/** What does not agree: what was expected and what is charged, in money, or in base units for a quantity. */
export interface Difference {
  /** Null: of the whole invoice. */
  readonly lineNo: number | null;
  readonly code: (typeof DIFFERENCES)[number];
  readonly expected: string;
  readonly charged: string;
}

/**
 * Order, receipt and invoice line by line. A price may differ by `tolerance` of what was ordered, and by the smallest unit of the
 * currency for rounding; a quantity by nothing. What is no goods is at most the landed cost of the order. A credit note charges
 * nothing and is not matched.
 */
export function matchInvoice(
  lines: readonly ChargedLine[],
  terms: { readonly tolerance: string; readonly landedCost: string; readonly decimals: number },
): Difference[] {
  const found: Difference[] = [];
  const charged = new Map<number, Quantity>();
  for (const { lineNo, drugId, quantity, net, tax, ordered } of lines) {
    if (drugId === null || quantity === null) continue;
    if (ordered === null) {
      found.push({ lineNo, code: 'not-ordered', expected: '0', charged: quantity });
      continue;
    }
    const id = ordered.purchaseOrderItemId;
    const all = (charged.get(id) ?? Quantity.of(ordered.chargedBefore)).plus(Quantity.of(quantity));
    charged.set(id, all);
    const received = Quantity.of(ordered.quantityReceived);
    if (!received.isPositive())
      found.push({ lineNo, code: 'not-received', expected: '0', charged: quantity });
    else if (all.compare(received) > 0)
      found.push({ lineNo, code: 'quantity', expected: received.toString(), charged: all.toString() });
    const expected = Money.of(ordered.net).share(
      Quantity.of(quantity),
      Quantity.of(ordered.quantityOrdered),
      terms.decimals,
    );
    if (!isNear(Money.of(net), expected, terms))
      found.push({ lineNo, code: 'price', expected: expected.toString(), charged: Money.of(net).toString() });
    const due = Money.of(net).timesRate(ordered.taxRate, terms.decimals);
    if (!isNear(Money.of(tax), due, { ...terms, tolerance: '0' }))
      found.push({ lineNo, code: 'tax', expected: due.toString(), charged: Money.of(tax).toString() });
  }
  const charges = Money.sum(lines.filter(({ drugId }) => drugId === null).map(({ net }) => Money.of(net)));
  const landed = Money.of(terms.landedCost);
  if (charges.compare(landed) > 0 && !isNear(charges, landed, terms))
    found.push({ lineNo: null, code: 'charges', expected: landed.toString(), charged: charges.toString() });
  return found;
}

function isNear(
  actual: Money,
  expected: Money,
  { tolerance, decimals }: { readonly tolerance: string; readonly decimals: number },
): boolean {
  const allowed = expected.timesRate(tolerance, decimals).thousandths + 10n ** BigInt(3 - decimals);
  const off = actual.minus(expected).thousandths;
  return (off < 0n ? -off : off) <= allowed;
}
