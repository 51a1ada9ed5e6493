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

/** Whether every ingredient is known: a product with none listed, or with none linked, cannot be screened at all. */
export function ingredientStatusOf(
  lines: readonly { ingredientId?: number | null | undefined }[],
): IngredientStatus {
  const linked = lines.filter((line) => line.ingredientId).length;
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

/** The ways a product can be counted, largest first, in base units. */
export function packsOf(figures: Pick<DrugFigures, 'unitsPerStrip' | 'unitsPerPack'>): {
  level: 'pack' | 'strip' | 'unit';
  baseUnits: string;
}[] {
  const pack = plainDecimal(figures.unitsPerPack);
  const strip = figures.unitsPerStrip === null ? null : plainDecimal(figures.unitsPerStrip);
  return [
    { level: 'pack', baseUnits: pack },
    ...(strip !== null && strip !== pack && strip !== '1'
      ? [{ level: 'strip' as const, baseUnits: strip }]
      : []),
    ...(pack === '1' ? [] : [{ level: 'unit' as const, baseUnits: '1' }]),
  ];
}

/** Equivalents in the order they are offered: in stock first, then cheapest, then by identity. */
export function rankEquivalents<Row extends { drugId: number; stockOnHand: string; priceDifference: string }>(
  rows: readonly Row[],
): Row[] {
  const isOut = (row: Row): number => (Quantity.of(row.stockOnHand).isPositive() ? 0 : 1);
  return [...rows].sort(
    (a, b) =>
      isOut(a) - isOut(b) ||
      Money.of(a.priceDifference).compare(Money.of(b.priceDifference)) ||
      a.drugId - b.drugId,
  );
}
