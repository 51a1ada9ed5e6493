import { RuleViolation } from '../../platform/errors/domain-error.js';

export const BARCODE_KINDS = ['ean8', 'ean13', 'upca', 'gtin14', 'ndc', 'in_store'] as const;
export const PACK_LEVELS = ['unit', 'strip', 'pack', 'case'] as const;
export type BarcodeKind = (typeof BARCODE_KINDS)[number];
/** What one scan of a barcode stands for. */
export type PackLevel = (typeof PACK_LEVELS)[number];

/** A product code read from a scan or a keyboard. */
export interface ProductCode {
  /** Digits as printed. */
  readonly code: string;
  /** Padded with zeros to 14 digits, the form codes are compared in. */
  readonly gtin: string;
  readonly kind: BarcodeKind;
  /** False when the last digit is not the check digit GS1 prescribes for a code of this length. */
  readonly isCheckDigitRight: boolean;
}

/** 422: the text is not a product code this version can read. */
export class UnreadableBarcode extends RuleViolation {}

const KIND_BY_LENGTH: Readonly<Record<number, BarcodeKind>> = {
  8: 'ean8',
  10: 'ndc',
  11: 'ndc',
  12: 'upca',
  13: 'ean13',
  14: 'gtin14',
};

/** True when the text has the marks of a GS1 element string: brackets, a symbology prefix, or group separators. */
const isElementString = (text: string): boolean =>
  /^\(\d{2,4}\)|^\][A-Za-z]\d|\u001d/u.test(text) || /^01\d{14}./u.test(text);

/** Sum of the digits, weighted 3 and 1 from the right, modulo ten: zero for a GTIN with its check digit (GS1 General Specifications 7.9). */
export function hasCheckDigit(gtin: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...gtin.padStart(14, '0')].entries())
    sum += Number(digit) * (index % 2 === 0 ? 3 : 1);
  return sum % 10 === 0;
}

/**
 * Reads EAN-8, UPC-A, EAN-13, GTIN-14, a plain NDC of 10 or 11 digits (hyphens are dropped), or a shorter in-store
 * code. Throws UnreadableBarcode for anything else, and for GS1 element strings, which are not read yet.
 */
export function readProductCode(text: string): ProductCode {
  const trimmed = text.trim();
  if (isElementString(trimmed))
    throw new UnreadableBarcode(
      'A GS1 code with lot and expiry is not read yet. Scan the linear code, or type the 8 to 14 digits after (01).',
    );
  const code = trimmed.replaceAll(/[\s-]/g, '');
  if (!/^\d{1,14}$/.test(code))
    throw new UnreadableBarcode('This is not a product code: it must be at most 14 digits.');
  const kind = KIND_BY_LENGTH[code.length] ?? 'in_store';
  const gtin = code.padStart(14, '0');
  const isCheckDigitRight = kind === 'ndc' || kind === 'in_store' || hasCheckDigit(gtin);
  return { code, gtin, kind, isCheckDigitRight };
}

/** As readProductCode for a code that is to be stored: throws UnreadableBarcode when its check digit is wrong. */
export function newProductCode(text: string, kind?: BarcodeKind): ProductCode {
  const read = readProductCode(text);
  // A shop's own label may have any length and need no check digit; an NDC is never told from its length alone.
  if (kind === 'in_store' || kind === 'ndc') return { ...read, kind, isCheckDigitRight: true };
  if (kind !== undefined && kind !== read.kind)
    throw new UnreadableBarcode(`A barcode of ${read.code.length} digits is not of the kind ${kind}.`);
  if (!read.isCheckDigitRight)
    throw new UnreadableBarcode('The check digit of this barcode is wrong.', { code: read.code });
  return read;
}
