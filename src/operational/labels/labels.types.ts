import type { Sig } from '../sig/sig.types.js';

/** What is known of a fill for its label, before a language is chosen. Dates 'YYYY-MM-DD', quantities decimal strings. */
export interface LabelSource {
  readonly fillNumber: number;
  readonly partNumber: number;
  readonly quantity: string;
  readonly dispensedOn: string;
  readonly rxNumber: string;
  readonly sig: string;
  readonly sigStructure: Sig | null;
  readonly refillsAuthorized: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly firstNameAr: string | null;
  readonly lastNameAr: string | null;
  readonly language: 'ar' | 'en';
  readonly drugName: string;
  readonly drugNameAr: string | null;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly dosageFormAr: string | null;
  readonly baseUnit: string;
  readonly storage: 'room' | 'refrigerate' | 'freeze';
  readonly atcCodes: readonly string[];
  readonly ingredients: readonly string[];
  /** Names of what it was compounded of here; null: it was not. */
  readonly compoundedOf: readonly string[] | null;
  /** Alerts the fill was allowed under. */
  readonly alerts: readonly {
    readonly kind: string;
    readonly subjects: readonly { readonly name: string }[];
    readonly message: string;
    readonly source: string;
  }[];
  readonly prescriberName: string;
  readonly prescriberNameAr: string | null;
  readonly branchName: string;
  readonly branchNameAr: string | null;
  readonly branchAddress: string | null;
  readonly branchPhone: string | null;
}

/** Lots a fill came from. */
export interface LabelLot {
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly quantity: string;
}

export interface LabelledFill {
  readonly fillId: number;
  readonly lots: readonly LabelLot[];
}

export interface LabelOptions {
  readonly lang?: 'ar' | 'en';
  readonly size?: '70x35' | '80mm' | 'A4';
  /** Marks it COPY even if it is the first one printed. */
  readonly copy: boolean;
  /** Only to be looked at on a screen: nothing is kept of it, and it is marked PREVIEW. */
  readonly preview?: boolean;
}
