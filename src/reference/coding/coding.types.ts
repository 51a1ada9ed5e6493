/** Code systems other programs name medicines and substances by. `ndc` and `rxcui` may mean a product too. */
export type MedicineCodeSystem = 'rxcui' | 'unii' | 'cas' | 'atc' | 'snomed' | 'ndc';

export interface MedicineCode {
  readonly system: MedicineCodeSystem;
  readonly code: string;
}

/** What another program calls one medicine or substance: codes, and names with the best first. */
export interface MedicineWords {
  readonly codes: readonly MedicineCode[];
  readonly names: readonly string[];
  /** True: an ingredient is meant, never a product of that name. */
  readonly isIngredient?: boolean;
}

/** Content by a name such as "amoxicillin 120 MG/ML": per counted piece, or per a denominator. Decimal strings. */
export interface Strength {
  readonly amount: string;
  readonly unit: string;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

/** An ingredient of a medicine; a salt is given as the base that stands for it in screening. */
export interface KnownPart {
  readonly ingredientId: number;
  readonly name: string;
  readonly strength: Strength | null;
}

/** What the catalogue takes a medicine for. */
export type KnownMedicine =
  | { readonly kind: 'product'; readonly drugId: number; readonly name: string }
  | {
      readonly kind: 'ingredients';
      readonly parts: readonly KnownPart[];
      /** Components of its name that mean nothing here: it can be checked in part only. */
      readonly unknown: readonly string[];
      /** True: code and name mean different ingredients; `parts` are both. */
      readonly isContradictory: boolean;
    }
  | { readonly kind: 'unknown' };

/** What the catalogue takes an allergen for: an ingredient, or a name that clinical screening knows. */
export type KnownAllergen =
  | { readonly kind: 'ingredient'; readonly ingredientId: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unknown' };
