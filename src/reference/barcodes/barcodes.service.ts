import { RuleViolation } from '../../platform/errors/domain-error.js';
import { chooseBarcode, lookupKeys, type BarcodeChoice, type StoredBarcode } from './barcode-match.domain.js';
import type { BarcodeKind, BarcodeReading, PackFacts, ProductCode } from './barcodes.types.js';
import { NO_FACTS } from './pack-facts.domain.js';
import { barcodeProblem, toProductCode } from './product-code.domain.js';
import { readBarcode } from './read-barcode.domain.js';

/** 422: the text is not a product code, or a damaged one. */
export class UnreadableBarcode extends RuleViolation {}

const FACTS = [
  'lotNumber',
  'expiryDate',
  'serialNumber',
  'bestBeforeDate',
  'productionDate',
  'quantity',
] as const;

/** What every reading of a code says alike of the pack; what they differ in is null, to be asked. */
function agreedFacts(readings: readonly PackFacts[]): PackFacts {
  const [first = NO_FACTS, ...rest] = readings;
  const agreed = { ...NO_FACTS, national: rest.length > 0 ? [] : first.national };
  for (const fact of FACTS)
    if (rest.every((other) => other[fact] === first[fact])) agreed[fact] = first[fact];
  return agreed;
}

/**
 * Reading, matching and storing of product codes: the face of this slice to the others. Pure functions that need no
 * transaction, gathered where other slices may import them.
 */
export const Barcodes = {
  /** Reads a scan or a typed code; never throws. The century of two-digit years is that of this process's day. */
  read: (text: string): BarcodeReading => readBarcode(text, { today: new Date().toISOString().slice(0, 10) }),
  /** 14-digit keys to look the product of a reading up by. */
  lookupKeys,
  /** The stored row a reading stands for, or the candidates. */
  choose: <Row extends StoredBarcode>(reading: BarcodeReading, rows: readonly Row[]): BarcodeChoice<Row> =>
    chooseBarcode(reading, rows),
  /** What is certain of the pack whichever way the code is read. */
  agreedFacts: (reading: BarcodeReading): PackFacts => {
    if (reading.kind === 'unreadable') return NO_FACTS;
    return agreedFacts(reading.kind === 'ambiguous' ? reading.readings : [reading]);
  },
  /** A code to be stored. Throws UnreadableBarcode where it is none, is not of that kind, or has a wrong check digit. */
  toStore: (text: string, kind?: BarcodeKind): ProductCode => {
    const code = toProductCode(text, kind);
    if (typeof code === 'string') throw new UnreadableBarcode(code);
    return code;
  },
  /** What is wrong with a barcode as a source states it, as the end of a sentence, or undefined. */
  problem: barcodeProblem,
} as const;
