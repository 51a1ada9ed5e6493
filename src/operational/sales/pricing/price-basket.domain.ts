import type { BasketLine } from '../basket.domain.js';
import { Money } from '../../../platform/money/money.js';
import { promote, type Promotion, type PromotionShare } from './promotions.domain.js';
import { taxOfLine, withTax, type TaxRule, type TaxedLine } from './tax.domain.js';

/** What holds of the products of a basket today. */
export interface PricingRules {
  readonly currencyDecimals: number;
  readonly promotions: readonly Promotion[];
  /** Tax of products by identity; a product that is missing is not taxed. */
  readonly taxes: ReadonlyMap<number, TaxRule>;
  /** Fills a payer bears a part of: promotions leave them alone. */
  readonly claimedFills: ReadonlySet<number>;
}

/**
 * Priced lines with what promotions take off and with their tax, which is of what is left. A line the seller took something off by
 * hand has no promotion: one reduction a unit.
 */
export function priceBasket(lines: readonly BasketLine[], rules: PricingRules): BasketLine[] {
  const shares = promote(
    lines.map((line) => ({
      ...line,
      isPrescription: line.fillId !== null,
      isOpen: line.discount.isZero() && (line.fillId === null || !rules.claimedFills.has(line.fillId)),
    })),
    rules.promotions,
    rules.currencyDecimals,
  );
  return lines.map((line, index) =>
    finished(
      line,
      shares.filter((share) => share.line === index),
      rules,
    ),
  );
}

function finished(line: BasketLine, promotions: readonly PromotionShare[], rules: PricingRules): BasketLine {
  const discount = line.discount.plus(Money.sum(promotions.map(({ amount }) => amount)));
  const base = line.amount.minus(discount);
  const tax = taxOfLine(base, rules.taxes.get(line.drugId), rules.currencyDecimals);
  return { ...line, discount, promotions, tax, lineTotal: withTax(base, tax) };
}

/**
 * A priced line at amounts that were agreed before: what promotions gave then is a part of the discount, and the tax is that of its class
 * now. Amounts are decimal strings.
 */
export function atPrice(
  line: BasketLine,
  agreed: { readonly packPrice: string; readonly amount: string; readonly discount: string },
  currencyDecimals: number,
): BasketLine {
  const [amount, discount] = [Money.of(agreed.amount), Money.of(agreed.discount)];
  const { taxClassId, code, rate, isIncluded } = line.tax;
  const rule = taxClassId === null || code === null ? undefined : { taxClassId, code, rate, isIncluded };
  const base = amount.minus(discount);
  const tax = taxOfLine(base, rule, currencyDecimals);
  const packPrice = Money.of(agreed.packPrice);
  return { ...line, packPrice, amount, discount, promotions: [], tax, lineTotal: withTax(base, tax) };
}

/** Lines as tax reports see them. */
export const taxedLines = (lines: readonly BasketLine[]): TaxedLine[] =>
  lines.map(({ amount, discount, tax }) => ({ ...tax, base: amount.minus(discount) }));
