import { Quantity } from '../../platform/money/quantity.js';

/** Longest a fill may last, as the database has it. */
const MOST_DAYS = 366;
const AMOUNT_DIGITS = 6;
const RATE_DIGITS = 2;

/** Digits of a decimal text of the API as a whole number, scaled. */
function scaled(text: string, digits: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

/** "tablets" and "Tablet" are the base unit tablet. */
const unitOf = (text: string): string => text.trim().toLowerCase().replace(/s$/, '');

/**
 * Days a quantity lasts at a dose in base units: whole days it covers, at least one. Undefined where the dose is in
 * another unit (mg of a tablet), or it would last longer than a fill may.
 */
export function daysOfDose(
  quantity: string,
  dose: { readonly amount: string; readonly unit: string; readonly frequencyPerDay: string },
  baseUnit: string,
): number | undefined {
  if (unitOf(dose.unit) !== unitOf(baseUnit)) return undefined;
  // quantity/10³ ÷ (amount/10⁶ × rate/10²)
  const perDay = scaled(dose.amount, AMOUNT_DIGITS) * scaled(dose.frequencyPerDay, RATE_DIGITS);
  const days = (Quantity.of(quantity).thousandths * 10n ** BigInt(AMOUNT_DIGITS + RATE_DIGITS - 3)) / perDay;
  return days > BigInt(MOST_DAYS) ? undefined : Math.max(1, Number(days));
}
