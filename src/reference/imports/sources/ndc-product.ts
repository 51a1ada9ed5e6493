import { Barcodes } from '../../barcodes/barcodes.service.js';
import type { RowRef, SourceBarcode, SourcePack, SourcePart, SourceProduct } from '../source.types.js';
import { showAmounts } from './amounts.domain.js';
import { catalogueForm } from './form-terms.domain.js';
import { readNdcPackage } from './ndc-package.domain.js';
import { productTitle, shorten } from './product-title.domain.js';
import { catalogueRoute } from './route-terms.domain.js';

/** A product of FDA's listing, as the NDC directory and openFDA both know it. */
export interface NdcListing {
  ref: RowRef;
  rows: readonly RowRef[];
  /** Labeler and product code with hyphen: "0002-0800". */
  productNdc: string;
  brand: string;
  brandSuffix: string;
  generic: string;
  form: string;
  routes: readonly string[];
  labeler: string;
  composition: readonly SourcePart[];
  /** "HUMAN PRESCRIPTION DRUG" and others. */
  productType: string;
  /** "Thiazide Diuretic [EPC],Increased Diuresis [PE]". */
  pharmClasses: string;
  /** "CII". */
  deaSchedule: string;
  /** "20180910"; "" where none. */
  endMarketing: string;
  /** `row`: the row of its own a package has, which a wrong code refuses instead of the product. */
  packages: ReadonlyArray<{ ndc: string; description: string; row?: RowRef }>;
}

const LONGEST_DESCRIPTION = 500;
const SCHEDULES: Readonly<Record<string, 'II' | 'III' | 'IV' | 'V'>> = {
  CII: 'II',
  CIII: 'III',
  CIV: 'IV',
  CV: 'V',
};
/** Sold without a prescription; every other type of product is not. */
const FREE = /\bOTC\b|DIETARY SUPPLEMENT|MEDICAL FOOD|COSMETIC/i;

/** The established pharmacologic classes: "Thiazide Diuretic [EPC]" → "Thiazide Diuretic". */
function pharmClass(classes: string): string | undefined {
  return /(?:^|,\s*)([^,[\]]+?)\s*\[EPC\]/.exec(classes)?.[1]?.trim();
}

/** True for a day (YYYYMMDD) before today (YYYY-MM-DD). */
function isPast(day: string, today: string): boolean {
  return /^\d{8}$/.test(day) && day < today.replaceAll('-', '');
}

interface Packs {
  baseUnit?: string;
  unitsPerPack?: string;
  /** Where all strips are alike. */
  unitsPerStrip?: string;
  packs: SourcePack[];
  barcodes: SourceBarcode[];
}

/** Not sold in packs with a barcode: the goods of manufacturers and compounders. */
const UNFINISHED = /BULK|FURTHER PROCESSING|INTERMEDIATE/i;

/**
 * The digits printed below the bars of a pack with this NDC: the UPC-A of its GTIN. Only the hyphens tell which of three
 * NDCs a GTIN stands for, so it is kept beside the NDC where they are known.
 */
function upcOf(ndc: string): string | undefined {
  const [gtin, ...others] = Barcodes.lookupKeys(Barcodes.read(ndc)).filter((key) => key.startsWith('003'));
  return others.length === 0 ? gtin?.slice(2) : undefined;
}

/** Packs counted in the unit of the first package that counts anything; the smallest is the product's pack. */
function packsOf({ productNdc, productType, packages }: NdcListing): Packs {
  const barcodes = new Map<string, SourceBarcode>();
  const packs = new Map<string, SourcePack>();
  const strips = new Set<string>();
  const read = packages.map(({ ndc, description, row }) => ({
    ndc,
    description,
    row,
    found: readNdcPackage(description),
  }));
  const counted = read.find(({ found }) => found !== undefined && found.baseUnit !== 'piece');
  const baseUnit = (counted ?? read.find(({ found }) => found !== undefined))?.found?.baseUnit;
  for (const { ndc, description, row, found } of read) {
    const text = shorten(description.replace(/\s+/g, ' ').trim(), LONGEST_DESCRIPTION);
    // Inner packs of another product (a kit holds such) are that product's.
    const codes = (found?.codes ?? []).filter(({ ndc: code }) => code.startsWith(`${productNdc}-`));
    const known = codes.some((code) => code.ndc === ndc)
      ? codes
      : [{ ndc, packLevel: 'pack' as const }, ...codes];
    for (const { ndc: code, packLevel, baseUnits } of known) {
      const counts = baseUnits !== undefined && found?.baseUnit === baseUnit ? baseUnits : undefined;
      if (!barcodes.has(code) || code === ndc) {
        const facts = {
          packLevel,
          ...(row === undefined ? {} : { row }),
          ...(counts === undefined ? {} : { baseUnits: counts }),
          ...(text === '' ? {} : { description: text }),
        };
        barcodes.set(code, { code, kind: 'ndc10', ...facts });
        const upc = UNFINISHED.test(productType) ? undefined : upcOf(code);
        if (upc !== undefined) barcodes.set(upc, { code: upc, kind: 'gtin', ...facts });
      }
      if (counts !== undefined && packLevel === 'strip') strips.add(counts);
      if (counts !== undefined && packLevel === 'pack' && !packs.has(counts))
        packs.set(counts, {
          level: 'pack',
          baseUnits: counts,
          ...(text === '' ? {} : { description: text }),
        });
    }
  }
  const sizes = [...packs.values()].sort((a, b) => {
    const [one, other] = [BigInt(a.baseUnits), BigInt(b.baseUnits)];
    return one < other ? -1 : Number(one > other);
  });
  return {
    ...(baseUnit === undefined ? {} : { baseUnit }),
    ...(sizes[0] === undefined ? {} : { unitsPerPack: sizes[0].baseUnits }),
    ...(sizes[0] !== undefined && strips.size === 1 ? { unitsPerStrip: [...strips][0] } : {}),
    packs: sizes,
    barcodes: [...barcodes.values()],
  };
}

/** True where the whole composition is a share of itself ("1 kg/kg"): a bulk substance has no strength. */
export function isBulk({ amount, unit, perAmount, perUnit }: SourcePart): boolean {
  return amount !== undefined && unit === perUnit && amount === perAmount;
}

/** The product of a listing. `today` (YYYY-MM-DD) decides whether its marketing has ended. */
export function ndcProduct(listing: NdcListing, today: string): SourceProduct {
  const form = catalogueForm(listing.form, listing.routes);
  const route = catalogueRoute(listing.routes);
  const { composition } = listing;
  const shown = composition.some(isBulk) ? undefined : showAmounts(composition);
  const { barcodes, packs, ...pack } = packsOf(listing);
  const substances = composition.map(({ text }) => text).join(' / ');
  const brand =
    listing.brand === ''
      ? listing.generic === ''
        ? substances
        : listing.generic
      : `${listing.brand} ${listing.brandSuffix}`.trim();
  const category = pharmClass(listing.pharmClasses);
  const schedule = SCHEDULES[listing.deaSchedule.toUpperCase()];
  return {
    kind: 'product',
    ...listing.ref,
    rows: listing.rows,
    sourceId: listing.productNdc,
    name: productTitle({
      brand,
      ...(shown === undefined ? {} : { strength: shown }),
      ...(form === undefined ? {} : { form: form.form }),
    }),
    ...(composition.length === 0 ? {} : { composition }),
    ...(shown === undefined ? {} : { strength: shown }),
    ...(form === undefined ? {} : { dosageForm: form.form, formFamily: form.family }),
    ...(route === undefined ? {} : { route }),
    ...(listing.labeler === '' ? {} : { company: listing.labeler }),
    ...(category === undefined ? {} : { category: [category] }),
    ...pack,
    ...(packs.length === 0 ? {} : { packs }),
    ...(barcodes.length === 0 ? {} : { barcodes }),
    ...(listing.productType === ''
      ? {}
      : { rxOnly: listing.deaSchedule !== '' || !FREE.test(listing.productType) }),
    ...(schedule === undefined ? {} : { controlledSchedule: schedule }),
    status: isPast(listing.endMarketing, today) ? 'discontinued' : 'active',
  };
}
