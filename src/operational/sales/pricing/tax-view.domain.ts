import { Money } from '../../../platform/money/money.js';
import type { ShownTax } from '../sales.types.js';
import { taxSummary, type TaxedLine, type TaxSum } from './tax.domain.js';

/** What the taxes of a posted line are read from. Amounts are decimal strings. */
interface PostedTax {
  readonly taxClassId: number | null;
  readonly taxCode: string | null;
  readonly taxRate: string;
  readonly taxIncluded: boolean;
  readonly tax: string;
  readonly amount: string;
  readonly discount: string;
}

export const shownTax = ({ net, tax, ...sum }: TaxSum): ShownTax => ({
  ...sum,
  net: net.toString(),
  tax: tax.toString(),
});

/** Taxes of posted lines by class and rate; negative on returns. */
export const taxesOf = (lines: readonly PostedTax[]): ShownTax[] =>
  taxSummary(lines.map(asTaxed)).map(shownTax);

const asTaxed = (line: PostedTax): TaxedLine => ({
  taxClassId: line.taxClassId,
  code: line.taxCode,
  rate: line.taxRate,
  isIncluded: line.taxIncluded,
  tax: Money.of(line.tax),
  base: Money.of(line.amount).minus(Money.of(line.discount)),
});
