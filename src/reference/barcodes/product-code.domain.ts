import type { BarcodeKind, ProductCode } from './barcodes.types.js';
import { hasCheckDigit } from './check-digit.domain.js';
import { readNdc } from './plain-code.domain.js';

const KINDS: Readonly<Record<number, BarcodeKind>> = {
  8: 'ean8',
  10: 'ndc',
  11: 'ndc',
  12: 'upca',
  13: 'ean13',
  14: 'gtin14',
};

/**
 * What is wrong with a barcode as a source states it, as the end of a sentence, or undefined: 8, 12, 13 or 14 digits of
 * which the last is the check digit.
 */
export function barcodeProblem(code: string): string | undefined {
  if (!/^(?:\d{8}|\d{12,14})$/.test(code)) return 'is not a barcode of 8, 12, 13 or 14 digits';
  return hasCheckDigit(code) ? undefined : 'has a wrong check digit';
}

const stored = (code: string, kind: BarcodeKind): ProductCode => ({
  code,
  gtin: code.padStart(14, '0'),
  kind,
});

/**
 * A code as it is to be stored, or the sentence that refuses it. An NDC keeps what its hyphens say: it is stored in its
 * 11 digits; ten digits without hyphens stay as they are. A label of the shop may have any length and no check digit.
 */
export function toProductCode(text: string, kind?: BarcodeKind): ProductCode | string {
  const hyphenated = kind === undefined || kind === 'ndc' ? readNdc(text.trim()) : undefined;
  if (hyphenated?.kind === 'product')
    return stored(hyphenated.ndcs[0]?.ndc11 ?? hyphenated.code.replaceAll(/\D/g, ''), 'ndc');
  const code = text.trim().replaceAll(/[\s-]/g, '');
  if (!/^\d{1,14}$/.test(code)) return 'This is not a product code: it must be at most 14 digits.';
  // A shop's own label may have any length and need no check digit; an NDC is never told from its length alone.
  if (kind === 'in_store' || kind === 'ndc') return stored(code, kind);
  const read = KINDS[code.length] ?? 'in_store';
  if (kind !== undefined && kind !== read)
    return `A barcode of ${code.length} digits is not of the kind ${kind}.`;
  const hasCheck = read !== 'ndc' && read !== 'in_store';
  return hasCheck && !hasCheckDigit(code) ? 'The check digit of this barcode is wrong.' : stored(code, read);
}
