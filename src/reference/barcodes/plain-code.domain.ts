import type {
  AmbiguousReading,
  CodeForm,
  NdcCandidate,
  ProductReading,
  UnreadableReading,
} from './barcodes.types.js';
import { hasCheckDigit, withCheckDigit } from './check-digit.domain.js';
import { ndc10OfGtin, ndcsOfEleven, ndcsOfTen, readHyphenatedNdc } from './ndc.domain.js';
import { NO_FACTS } from './pack-facts.domain.js';

/** 14 digits, the form product codes are compared in. */
export const pad14 = (digits: string): string => digits.padStart(14, '0');

export function unreadable(detail: string, digits?: string): UnreadableReading {
  return { kind: 'unreadable', detail, inStoreKey: digits === undefined ? null : pad14(digits) };
}

export function plainProduct(
  form: CodeForm,
  code: string,
  gtin: string | null,
  ndcs: readonly NdcCandidate[] = [],
): ProductReading {
  return { kind: 'product', form, gtin, code, ndcs, ...NO_FACTS, elements: [], warnings: [] };
}

/** The NDCs a GTIN may carry. */
export function ndcsInGtin(gtin: string): readonly NdcCandidate[] {
  const ten = ndc10OfGtin(gtin);
  return ten === undefined ? [] : ndcsOfTen(ten);
}

const FORMS: Readonly<Record<number, CodeForm>> = { 8: 'ean8', 12: 'upca', 13: 'ean13', 14: 'gtin14' };

const CHECK_DIGIT = 'The check digit of this barcode is wrong: scan or type it again.';

/** An EAN, UPC or GTIN of 8, 12, 13 or 14 digits. */
export function readGtin(digits: string): ProductReading | UnreadableReading {
  const form = FORMS[digits.length];
  if (form === undefined)
    return unreadable(`A product code has 8, 12, 13 or 14 digits, not ${digits.length}.`, digits);
  if (!hasCheckDigit(digits)) return unreadable(CHECK_DIGIT, digits);
  const gtin = pad14(digits);
  return plainProduct(form, digits, gtin, ndcsInGtin(gtin));
}

/**
 * The 12 digits of a UPC-E of 6 digits, 7 (with number system) or 8 (with check digit as well), GS1 General
 * Specifications 5.2.2.4.2. Undefined: no UPC-E, or its check digit is wrong.
 */
export function expandUpcE(digits: string): string | undefined {
  if (!/^(?:\d{6}|[01]\d{6,7})$/.test(digits)) return undefined;
  const system = digits.length === 6 ? '0' : digits.slice(0, 1);
  const [a, b, c, d, e, last = ''] = digits.length === 6 ? digits : digits.slice(1, 7);
  const body =
    last <= '2'
      ? `${a}${b}${last}0000${c}${d}${e}`
      : last === '3'
        ? `${a}${b}${c}00000${d}${e}`
        : last === '4'
          ? `${a}${b}${c}${d}00000${e}`
          : `${a}${b}${c}${d}${e}0000${last}`;
  const whole = withCheckDigit(`${system}${body}`);
  return digits.length === 8 && digits.at(-1) !== whole.at(-1) ? undefined : whole;
}

/** A UPC-E; only for whom the symbology says so, since its 8 digits look like an EAN-8. */
export function readUpcE(digits: string): ProductReading | UnreadableReading {
  const whole = expandUpcE(digits);
  if (whole === undefined)
    return unreadable('This is not a UPC-E, or its check digit is wrong: scan or type it again.');
  const gtin = pad14(whole);
  return plainProduct('upce', digits, gtin, ndcsInGtin(gtin));
}

function tenDigits(digits: string): AmbiguousReading {
  const readings = ndcsOfTen(digits).map((ndc) => plainProduct('ndc', digits, null, [ndc]));
  const forms = readings.flatMap(({ ndcs }) => ndcs.map(({ ndc10 }) => ndc10)).join(', ');
  return {
    kind: 'ambiguous',
    reason: 'ndc',
    detail: `Ten digits without hyphens can be three NDCs: ${forms}.`,
    readings,
  };
}

/** An NDC in any of its written forms; undefined: it is none of them. */
export function readNdc(text: string): ProductReading | AmbiguousReading | UnreadableReading | undefined {
  const bare = text.replace(/^NDC[\s:#]*/i, '').replaceAll(/\s*-\s*/g, '-');
  const isSaid = bare !== text && /^NDC/i.test(text);
  const starred = /^(?:\*\d{10}|\d{5}\*\d{5}|\d{9}\*\d)$/.test(bare)
    ? `${bare.slice(0, 5)}-${bare.slice(5, 9)}-${bare.slice(9)}`
    : bare;
  const hyphenated = readHyphenatedNdc(starred);
  if (hyphenated) return plainProduct('ndc', starred, null, hyphenated);
  if (/^\d{10}$/.test(bare)) return tenDigits(bare);
  if (/^\d{11}$/.test(bare)) return plainProduct('ndc', bare, null, ndcsOfEleven(bare));
  if (isSaid && /^\d{12}$/.test(bare))
    return readNdc(`${bare.slice(0, 6)}-${bare.slice(6, 10)}-${bare.slice(10)}`);
  return isSaid || bare.includes('*')
    ? unreadable('This is not an NDC: it has 10 digits in three groups, 11 or 12.')
    : undefined;
}

/** A code of digits alone, as a person or a scanner without symbology identifier gives it. */
export function readPlainDigits(digits: string): ProductReading | AmbiguousReading | UnreadableReading {
  if (FORMS[digits.length] !== undefined) return readGtin(digits);
  const ndc = readNdc(digits);
  return ndc ?? plainProduct('in-store', digits, null);
}
