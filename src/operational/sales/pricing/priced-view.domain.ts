import { Money } from '../../../platform/money/money.js';
import type { BasketLine } from '../basket.domain.js';
import type { ShownPromotion, ShownTax } from '../sales.types.js';
import { taxedLines } from './price-basket.domain.js';
import { taxSummary, taxTotals } from './tax.domain.js';
import { shownTax } from './tax-view.domain.js';

/** A priced line as it is shown. Amounts and quantities are decimal strings. */
export interface ShownLine {
  readonly lineNo: number;
  readonly drugId: number;
  readonly fillId: number | null;
  readonly description: string;
  readonly quantity: string;
  readonly unit: BasketLine['unit'];
  readonly unitQuantity: string;
  readonly amount: string;
  readonly discount: string;
  readonly promotions: readonly ShownPromotion[];
  readonly taxRate: string;
  readonly taxIncluded: boolean;
  readonly tax: string;
  readonly lineTotal: string;
}

/** Sums of priced lines, before cash rounding. */
export interface ShownTotals {
  readonly subtotal: string;
  readonly discountTotal: string;
  readonly taxTotal: string;
  readonly taxInPrices: string;
  readonly taxes: readonly ShownTax[];
}

export const shownLine = (line: BasketLine, index: number): ShownLine => ({
  lineNo: index + 1,
  drugId: line.drugId,
  fillId: line.fillId,
  description: line.description,
  quantity: line.quantity.toString(),
  unit: line.unit,
  unitQuantity: line.unitQuantity.toString(),
  amount: line.amount.toString(),
  discount: line.discount.toString(),
  promotions: line.promotions.map(({ promotionId, name, nameAr, amount }) => ({
    promotionId,
    name,
    nameAr,
    amount: amount.toString(),
  })),
  taxRate: line.tax.rate,
  taxIncluded: line.tax.isIncluded,
  tax: line.tax.tax.toString(),
  lineTotal: line.lineTotal.toString(),
});

export function shownTotals(lines: readonly BasketLine[]): ShownTotals {
  const taxes = taxTotals(lines.map(({ tax }) => tax));
  return {
    subtotal: Money.sum(lines.map(({ amount }) => amount)).toString(),
    discountTotal: Money.sum(lines.map(({ discount }) => discount)).toString(),
    taxTotal: taxes.total.toString(),
    taxInPrices: taxes.inPrices.toString(),
    taxes: taxSummary(taxedLines(lines)).map(shownTax),
  };
}
