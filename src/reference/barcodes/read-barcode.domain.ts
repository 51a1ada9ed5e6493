import type { BarcodeReading, Gs1Element, ProductReading } from './barcodes.types.js';
import { readDigitalLink } from './gs1-digital-link.domain.js';
import {
  readBracketed,
  readElementString,
  type ElementAnswer,
  type ElementReading,
} from './gs1-elements.domain.js';
import { packFacts, productOf } from './pack-facts.domain.js';
import { ndcsInGtin, readGtin, readNdc, readPlainDigits, readUpcE, unreadable } from './plain-code.domain.js';
import { readScanText } from './scan-text.domain.js';

export interface ReadOptions {
  /** 'YYYY-MM-DD'; settles the century of two-digit years. */
  readonly today: string;
  /** What the person or the scanner says the code is, where its digits alone do not tell. */
  readonly kind?: 'upce' | 'ndc';
}

/** Symbology identifiers of GS1's own symbols: the data is elements whatever it looks like (GS1 General Specifications 5.1.2). */
const GS1_SYMBOLOGY = /^(?:C1|d2|Q3|J1|e[0-3])$/;

/** Digits with the signs only an NDC is written with; lengths of up to 6-4-2 with blanks. */
const NDC_LIKE = /^(?=.{1,24}$)(?:NDC[\s:#]*[\d*\s-]+|[\d\s]*[*-][\d*\s-]*)$/i;

const OUTER_SEPARATORS = /^\u001d+|\u001d+$/gu;

type Judged = { product: ProductReading } | { facts: ReturnType<typeof packFacts> } | { problem: string };

function judge(reading: ElementReading, form: 'gs1' | 'digital-link', today: string): Judged {
  const facts = packFacts(reading.elements, today);
  if (typeof facts === 'string') return { problem: facts };
  const product = productOf(reading.elements);
  if (typeof product === 'string') return { problem: product };
  if (product === undefined) return { facts };
  const { gtin } = product;
  const stated = facts.national.filter(({ scheme }) => scheme === 'NDC').map(({ value }) => value);
  const ndcs = [gtin, ...stated].flatMap((code) => (code === gtin ? ndcsInGtin(gtin) : statedNdcs(code)));
  const warnings = [...reading.warnings, ...product.warnings];
  return {
    product: {
      kind: 'product',
      form,
      gtin,
      code: gtin,
      ndcs,
      ...facts,
      elements: reading.elements,
      warnings,
    },
  };
}

/** The NDC of AI 715, where it is certain which one is meant. */
function statedNdcs(text: string): ProductReading['ndcs'] {
  const read = readNdc(text);
  return read?.kind === 'product' ? read.ndcs : [];
}

const NOTHING_NAMED = 'This GS1 code names no product. Scan the code of the product first.';

function toReading(answer: ElementAnswer, form: 'gs1' | 'digital-link', today: string): BarcodeReading {
  if ('problem' in answer) return unreadable(answer.problem);
  const plain = answer.plain && judge(answer.plain, form, today);
  const others = answer.others.flatMap((elements) => {
    const judged = judge({ elements, warnings: [] }, form, today);
    return 'product' in judged ? [judged.product] : [];
  });
  if (others.length > 0 && (plain === undefined || !('facts' in plain))) {
    const readings = plain && 'product' in plain ? [plain.product, ...others] : others;
    return { kind: 'ambiguous', reason: 'separator', detail: separatorDetail(readings), readings };
  }
  if (plain === undefined)
    return unreadable('A separator is missing, and the code cannot be taken apart without it.');
  if ('problem' in plain) return unreadable(plain.problem);
  if ('product' in plain) return plain.product;
  if (answer.plain === undefined || typeof plain.facts === 'string') return unreadable(NOTHING_NAMED);
  return { kind: 'no-product', detail: NOTHING_NAMED, ...plain.facts, ...answer.plain };
}

const shown = (elements: readonly Gs1Element[]): string =>
  elements.map(({ ai, value }) => `(${ai})${value}`).join('');

function separatorDetail(readings: readonly ProductReading[]): string {
  const ways = readings.slice(0, 3).map(({ elements }) => shown(elements));
  return `The separator between two fields may have been lost. Compare with the pack: ${ways.join(' or ')}.`;
}

/** Digits of an EAN or UPC symbol; ]E3 has an add-on of two or five digits behind them. */
function readEanSymbol(symbology: string, text: string): BarcodeReading {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (!/^\d+$/.test(digits)) return unreadable('An EAN or UPC symbol holds digits alone.');
  if (symbology === 'E1' || symbology === 'E2')
    return unreadable('This is only the add-on beside a barcode.');
  if (symbology === 'E3' && (digits.length === 15 || digits.length === 18)) {
    const read = readGtin(digits.slice(0, 13));
    if (read.kind !== 'product') return read;
    return {
      ...read,
      warnings: [{ code: 'add-on-ignored', detail: 'The add-on behind the barcode was left aside.' }],
    };
  }
  // UPC-E: an EAN-8 is announced as ]E4, and the other symbols of ]E0 have 12 or 13 digits.
  if (symbology === 'E0' && digits.length <= 8) return readUpcE(digits);
  return readGtin(digits);
}

const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [
    /^\[\)>/,
    'This is a code after ISO/IEC 15434 (PPN), not GS1. Scan the other code of the pack, or type its number.',
  ],
  [/^\+[A-Z]/, 'This is a HIBC code, not GS1. Scan the other code of the pack, or type its number.'],
];

function readElements(text: string, today: string): BarcodeReading {
  return toReading(readElementString(text, today), 'gs1', today);
}

/**
 * Reads what a scanner or a person gives: EAN-8, EAN-13, UPC-A, UPC-E (where told), GTIN-14, NDC in any form, a GS1
 * element string with or without symbology identifier, the form with brackets, or a GS1 Digital Link. Never throws
 * and never guesses: what has two readings is answered with both.
 */
export function readBarcode(raw: string, { today, kind }: ReadOptions): BarcodeReading {
  const scan = readScanText(raw);
  if (scan === undefined) return unreadable('This text is too long for the code of a product.');
  const { symbology, text } = scan;
  if (text === '') return unreadable('There is no code.');
  if (/^https?:\/\//i.test(text)) return toReading(readDigitalLink(text, today), 'digital-link', today);
  if (symbology !== null && GS1_SYMBOLOGY.test(symbology)) return readElements(text, today);
  if (symbology?.startsWith('E')) return readEanSymbol(symbology, text);
  if (/^\(\d{2,4}\)/.test(text)) return toReading(readBracketed(text, today), 'gs1', today);
  // A product code before elements: 4006381333931 must not be taken for (400)6381333931. A separator inside is a
  // mark of elements, one at either end is not.
  const bare = text.replaceAll(OUTER_SEPARATORS, '').trim();
  const digits = bare.replaceAll(/[\s-]/g, '');
  if (kind === 'upce') return readUpcE(digits);
  const ndc = kind === 'ndc' || NDC_LIKE.test(bare) ? readNdc(bare) : undefined;
  if (ndc) return ndc;
  if (kind === 'ndc') return unreadable('This is not an NDC: it has 10 digits in three groups, 11 or 12.');
  if (/^\d{1,14}$/.test(digits)) return readPlainDigits(digits);
  const foreign = FOREIGN.find(([pattern]) => pattern.test(text));
  if (foreign) return unreadable(foreign[1]);
  if (/^\d{2}./u.test(bare)) return readElements(text, today);
  return unreadable('This is not a code of a product.');
}
