import { DomainError, RuleViolation } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { IngredientStatus } from './drugs.types.js';

/** 422: the price of a pack is above its regulated maximum. */
export class PriceAboveCeiling extends DomainError {
  readonly code = 'price-ceiling';
  readonly status = 422;
  readonly title = 'Price above the regulated maximum';
  constructor(params: { price?: string; priceCeiling?: string } = {}) {
    super('The price is above the regulated maximum of this product.', params);
  }
}

/** How much of an ingredient: 500 mg, or 250 mg in 5 ml. Decimal strings. */
export interface IngredientAmount {
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

/** The figures of a product that must fit one another. Decimal strings. */
export interface DrugFigures {
  readonly price: string;
  readonly priceCeiling: string | null;
  readonly unitsPerStrip: string | null;
  readonly unitsPerPack: string;
}

/** A decimal string without trailing zeros, as people write it: "500.000000" is "500". */
export const plainDecimal = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;

/** A stored amount of money as the API writes it ("12.500" is "12.50"); null stays null. */
export const moneyText = (text: string | null): string | null =>
  text === null ? null : Money.of(text).toString();

/** "500 mg", "250 mg/5 ml", "5%"; null when the amount is not known. */
export function amountText(line: IngredientAmount): string | null {
  if (line.amount === null) return null;
  const amount = plainDecimal(line.amount);
  if (line.unit === '%') return `${amount}%`;
  const unit = line.unit === null ? '' : ` ${line.unit}`;
  if (line.perUnit === null) return `${amount}${unit}`;
  const perAmount = line.perAmount === null ? '1' : plainDecimal(line.perAmount);
  return `${amount}${unit}/${perAmount === '1' ? '' : `${perAmount} `}${line.perUnit}`;
}

/**
 * Whether every ingredient is known: a product with none listed, or with none linked to a verified ingredient, cannot be
 * screened at all.
 */
export function ingredientStatusOf(lines: readonly { isVerified: boolean }[]): IngredientStatus {
  const linked = lines.filter((line) => line.isVerified).length;
  if (linked === 0) return 'unlinked';
  return linked === lines.length ? 'linked' : 'partial';
}

/** Refuses figures that contradict one another: PriceAboveCeiling (422), RuleViolation (422). */
export function checkFigures(figures: DrugFigures): void {
  const { price, priceCeiling, unitsPerStrip, unitsPerPack } = figures;
  if (priceCeiling !== null && Money.of(price).compare(Money.of(priceCeiling)) > 0)
    throw new PriceAboveCeiling({ price, priceCeiling });
  if (unitsPerStrip !== null && Quantity.of(unitsPerStrip).compare(Quantity.of(unitsPerPack)) > 0)
    throw new RuleViolation('A strip cannot hold more than the pack.', { unitsPerStrip, unitsPerPack });
}

/** A price as it is asked for; without a day it takes effect at once. */
export interface GivenPrice {
  readonly price: string;
  readonly effectiveFrom?: string | undefined;
}

/** A price and the day it takes effect, 'YYYY-MM-DD'. */
export interface DatedPrice {
  readonly price: string;
  readonly effectiveFrom: string;
}

/**
 * Whether a price takes effect now or is decided for later. `present` is the price there is, where there is a product;
 * `today` the day prices are judged by. Neither where nothing changes. Throws RuleViolation (422) for a day before the
 * present price took effect, and for deciding that no price will be known.
 */
export function settlePrice(
  given: GivenPrice,
  present: { readonly price: string; readonly priceEffectiveFrom: string } | undefined,
  today: string,
): { readonly now?: DatedPrice; readonly later?: DatedPrice } {
  const { price, effectiveFrom } = given;
  if (effectiveFrom !== undefined && effectiveFrom > today) {
    if (Money.of(price).isZero())
      throw new RuleViolation('A price of a later day must be more than zero.', { price, effectiveFrom });
    return { later: { price, effectiveFrom } };
  }
  if (present === undefined) return { now: { price, effectiveFrom: effectiveFrom ?? today } };
  if (Money.of(price).compare(Money.of(present.price)) === 0) return {};
  const { priceEffectiveFrom } = present;
  if (effectiveFrom !== undefined && effectiveFrom < priceEffectiveFrom)
    throw new RuleViolation('A price cannot take effect before the present one did.', {
      effectiveFrom,
      priceEffectiveFrom,
    });
  // The server's day may be ahead of the branch's: no period ends before it began.
  const day = effectiveFrom ?? (today < priceEffectiveFrom ? priceEffectiveFrom : today);
  return { now: { price, effectiveFrom: day } };
}
