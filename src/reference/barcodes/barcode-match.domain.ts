import type { BarcodeKind, BarcodeReading, ProductReading } from './barcodes.types.js';
import { gtinOfNdc10 } from './ndc.domain.js';
import { pad14 } from './plain-code.domain.js';

/** A stored barcode, as far as choosing needs it. */
export interface StoredBarcode {
  readonly drugId: number;
  readonly code: string;
  /** 14 digits. */
  readonly gtin: string;
  readonly kind: BarcodeKind;
}

/**
 * How a stored code fits: the very code; the same NDC in another form; the same only if digits without hyphens are cut
 * as the other's are.
 */
type Fit = 'exact' | 'certain' | 'assumed';

const digitsOf = (code: string): string => code.replaceAll(/\D/g, '');

const readingsOf = (reading: BarcodeReading): readonly ProductReading[] => {
  if (reading.kind === 'product') return [reading];
  return reading.kind === 'ambiguous' ? reading.readings : [];
};

/** The 14-digit keys a product may be stored under that this code may mean. */
export function lookupKeys(reading: BarcodeReading): string[] {
  const keys = readingsOf(reading).flatMap(({ gtin, code, ndcs }) => [
    gtin ?? pad14(digitsOf(code)),
    ...ndcs.flatMap(({ ndc11, ndc10 }) => {
      const ten = ndc10 === null ? undefined : digitsOf(ndc10);
      return [pad14(ndc11), ...(ten === undefined ? [] : [pad14(ten), gtinOfNdc10(ten)])];
    }),
  ]);
  if (reading.kind === 'unreadable' && reading.inStoreKey !== null) keys.push(reading.inStoreKey);
  return [...new Set(keys)];
}

/** A code with a GTIN against a stored one; an NDC row fits through the NDC inside the GTIN. */
function fitOfGtin({ gtin, ndcs }: ProductReading, row: StoredBarcode): Fit | undefined {
  if (row.kind !== 'ndc') return row.gtin === gtin ? 'exact' : undefined;
  const stored = digitsOf(row.code);
  // The GTIN holds the ten digits themselves; how they are cut into eleven it does not say.
  if (ndcs.some(({ ndc10 }) => ndc10 !== null && digitsOf(ndc10) === stored)) return 'certain';
  return ndcs.some(({ ndc11 }) => ndc11 === stored) ? 'assumed' : undefined;
}

/** An NDC or a short label against a stored code. `isOneOfSeveral`: ten digits that may be cut otherwise. */
function fitOfDigits(
  { code, ndcs }: ProductReading,
  row: StoredBarcode,
  isOneOfSeveral: boolean,
): Fit | undefined {
  const isPlain = /^\d+$/.test(code);
  const stored = digitsOf(row.code);
  // Digits alone may be a label of the shop; with the hyphens of an NDC they are not.
  if (
    row.gtin === pad14(digitsOf(code)) &&
    (isPlain ? row.kind !== 'ndc' : row.kind === 'ndc' && ndcs.length === 0)
  )
    return 'certain';
  for (const { ndc11, ndc10 } of ndcs) {
    const ten = ndc10 === null ? undefined : digitsOf(ndc10);
    if (row.kind === 'ndc' && stored === ndc11) return isOneOfSeveral ? 'assumed' : 'certain';
    if (row.kind === 'ndc' && stored === ten) return isOneOfSeveral ? 'certain' : 'assumed';
    if (row.kind !== 'ndc' && ten !== undefined && row.gtin === gtinOfNdc10(ten))
      return !isOneOfSeveral && ndcs.length > 1 ? 'assumed' : 'certain';
  }
  return row.kind === 'ndc' && ndcs.length === 0 && row.gtin === pad14(digitsOf(code))
    ? 'certain'
    : undefined;
}

function fitOf(reading: BarcodeReading, row: StoredBarcode): Fit | undefined {
  if (reading.kind === 'unreadable') return row.gtin === reading.inStoreKey ? 'exact' : undefined;
  const isOneOfSeveral = reading.kind === 'ambiguous' && reading.reason === 'ndc';
  const fits = readingsOf(reading).map((one) =>
    one.gtin === null ? fitOfDigits(one, row, isOneOfSeveral) : fitOfGtin(one, row),
  );
  return (['exact', 'certain', 'assumed'] as const).find((fit) => fits.includes(fit));
}

/** What the stored codes say: one row, or those of different products that all fit. Undefined: none fits. */
export type BarcodeChoice<Row> =
  | { readonly found: Row; /** True: only if the digits are cut so. */ readonly isShapeAssumed: boolean }
  | { readonly candidates: readonly Row[] }
  | undefined;

/**
 * Chooses among the rows stored under the keys of a reading. A GTIN stored as such comes before any NDC in it, an NDC
 * whose groups are known before digits that may be cut otherwise; whatever is left of several products is for a
 * person to choose from.
 */
export function chooseBarcode<Row extends StoredBarcode>(
  reading: BarcodeReading,
  rows: readonly Row[],
): BarcodeChoice<Row> {
  const fitting = rows.flatMap((row) => {
    const fit = fitOf(reading, row);
    return fit === undefined ? [] : [{ row, fit }];
  });
  const exact = fitting.filter(({ fit }) => fit === 'exact');
  const certain = fitting.filter(({ fit }) => fit !== 'assumed');
  const isNdcInFull = reading.kind === 'product' && reading.gtin === null;
  const best = exact.length > 0 ? exact : isNdcInFull && certain.length > 0 ? certain : fitting;
  const [first] = [...best].sort((a, b) => Number(a.fit === 'assumed') - Number(b.fit === 'assumed'));
  if (first === undefined) return undefined;
  const products = new Map(best.map(({ row }) => [row.drugId, row]));
  if (products.size > 1) return { candidates: [...products.values()] };
  return { found: first.row, isShapeAssumed: first.fit === 'assumed' };
}
