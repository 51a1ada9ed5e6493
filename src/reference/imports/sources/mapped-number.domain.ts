import type { NumberFormat, SourceMapping } from '../mapping.domain.js';
import { isAbove } from '../product-check.domain.js';

const ARABIC_DIGIT = /[٠-٩۰-۹]/g;
/** Exact decimals the catalogue holds: prices and quantities. */
const DECIMAL = /^\d{1,11}(?:\.\d{1,3})?$/;
/** Blanks people and programs put between thousands: plain, no-break, narrow no-break. */
const BLANK = /[ \u00a0\u202f]/g;
/** Longest text a price is looked for in. */
const LONGEST = 500;

function asciiDigits(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return text
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 0x0f))
    .replace(/٫/g, '.')
    .replace(/٬/g, '');
}

/** A number as the file writes it → an exact decimal with a point; undefined where it is none with at most three decimals. */
export function plainNumber(written: string, { decimal, thousands }: NumberFormat): string | undefined {
  let text = asciiDigits(written).trim();
  if (thousands !== '') {
    const [whole = '', ...rest] = text.split(decimal);
    const groups = thousands === ' ' ? whole.replace(BLANK, ' ') : whole;
    if (groups.includes(thousands)) {
      // Groups of three only: 1.5 is no thousand and a half where the point separates thousands.
      const parts = groups.split(thousands);
      if (!/^\d{1,3}$/.test(parts[0] ?? '') || !parts.slice(1).every((part) => /^\d{3}$/.test(part)))
        return undefined;
      text = [parts.join(''), ...rest].join(decimal);
    }
  }
  if (decimal === ',') {
    if (text.includes('.')) return undefined;
    text = text.replace(',', '.');
  }
  return DECIMAL.test(text) ? text : undefined;
}

/** The price in a text: the exact decimal, '' for none where that is allowed, or what is wrong. */
export function priceText(
  written: string,
  mapping: Pick<SourceMapping, 'numbers' | 'mayLackPrice' | 'priceWithin' | 'pricePattern' | 'priceMaximum'>,
): { price: string } | { problem: string } {
  let text = written.slice(0, LONGEST).trim();
  if (text === '') return mapping.mayLackPrice ? { price: '' } : { problem: 'is empty' };
  if (mapping.priceWithin !== undefined) {
    const match = mapping.priceWithin.exec(text);
    if (match === null) return mapping.mayLackPrice ? { price: '' } : { problem: 'holds no price' };
    text = (match[1] ?? match[0]).trim();
  }
  if (text.startsWith('-')) return { problem: 'is negative' };
  const price = plainNumber(text, mapping.numbers);
  if (price === undefined || !mapping.pricePattern.test(asciiDigits(text)))
    return { problem: 'is not an amount with at most three decimals' };
  return isAbove(price, mapping.priceMaximum) ? { problem: `is above ${mapping.priceMaximum}` } : { price };
}
