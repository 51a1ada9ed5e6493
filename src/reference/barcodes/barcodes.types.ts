/** What sort of code a product is stored under. */
export const BARCODE_KINDS = ['ean8', 'ean13', 'upca', 'gtin14', 'ndc', 'in_store'] as const;
/** What one scan of a barcode stands for. */
export const PACK_LEVELS = ['unit', 'strip', 'pack', 'case'] as const;
export type BarcodeKind = (typeof BARCODE_KINDS)[number];
export type PackLevel = (typeof PACK_LEVELS)[number];

/** A product code to be stored or looked up. */
export interface ProductCode {
  /** Digits as printed; an NDC given with its hyphens in its 11 digits. */
  readonly code: string;
  /** Padded with zeros to 14 digits, the form codes are compared in. */
  readonly gtin: string;
  readonly kind: BarcodeKind;
}

/** How a product code was written: a GS1 element string, a Digital Link, or one of the plain codes. */
export type CodeForm =
  'gs1' | 'digital-link' | 'ean8' | 'ean13' | 'upca' | 'upce' | 'gtin14' | 'ndc' | 'in-store';

/** Something that was read but that the reader should know of. */
export interface BarcodeWarning {
  readonly code:
    | 'unknown-ai'
    | 'separator-missing'
    | 'contents-of-case'
    | 'piece-of-product'
    | 'add-on-ignored'
    | 'ndc-shape-assumed';
  /** In plain words. */
  readonly detail: string;
}

/** One element of a GS1 code: application identifier and its data, unchanged. */
export interface Gs1Element {
  readonly ai: string;
  readonly value: string;
}

/** National numbers of AI 710–717, by the scheme they belong to. */
export type NationalScheme = 'PZN' | 'CIP' | 'CN' | 'DRN' | 'AIM' | 'NDC' | 'AIC' | 'SRN';

/** What a code says of the pack beside the product; null: the code does not say. Dates are 'YYYY-MM-DD'. */
export interface PackFacts {
  readonly lotNumber: string | null;
  /** AI 17, or the date of AI 7003. */
  readonly expiryDate: string | null;
  readonly serialNumber: string | null;
  readonly bestBeforeDate: string | null;
  readonly productionDate: string | null;
  /** AI 30, or AI 37 beside AI 02: a whole number. */
  readonly quantity: string | null;
  readonly national: readonly { readonly scheme: NationalScheme; readonly value: string }[];
}

/** One 11-digit NDC (5-4-2) that a code may stand for, and the 10-digit form it was written in. */
export interface NdcCandidate {
  readonly ndc11: string;
  /** As FDA prints it, e.g. 0071-0155-23; null where none of the three shapes fits. */
  readonly ndc10: string | null;
}

/** A code that names one product. */
export interface ProductReading extends PackFacts {
  readonly kind: 'product';
  readonly form: CodeForm;
  /** 14 digits; null for an NDC, which is no GTIN by itself. */
  readonly gtin: string | null;
  /** Digits of a plain code as printed; of a GS1 code its GTIN. */
  readonly code: string;
  /** NDCs the code may carry; several where its hyphens are not known. */
  readonly ndcs: readonly NdcCandidate[];
  readonly elements: readonly Gs1Element[];
  readonly warnings: readonly BarcodeWarning[];
}

/** A code with more than one reading: somebody must be asked. */
export interface AmbiguousReading {
  readonly kind: 'ambiguous';
  /** A separator that may be missing after a lot or serial number; ten digits of an NDC without hyphens. */
  readonly reason: 'separator' | 'ndc';
  readonly detail: string;
  /** Each way to read it. */
  readonly readings: readonly ProductReading[];
}

/** A GS1 code in order that names no product, such as a second barcode with lot and expiry only. */
export interface NoProductReading extends PackFacts {
  readonly kind: 'no-product';
  readonly detail: string;
  readonly elements: readonly Gs1Element[];
  readonly warnings: readonly BarcodeWarning[];
}

/** Text that is not a code, or a damaged one. */
export interface UnreadableReading {
  readonly kind: 'unreadable';
  readonly detail: string;
  /** Padded to 14 digits where the text is digits alone: a shop's own label may look like a damaged code. */
  readonly inStoreKey: string | null;
}

export type BarcodeReading = ProductReading | AmbiguousReading | NoProductReading | UnreadableReading;
