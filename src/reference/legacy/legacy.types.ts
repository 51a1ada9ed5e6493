/** What an older catalogue may hold, whatever its tables are called. */
export const LEGACY_KINDS = [
  'companies',
  'dosage_forms',
  'routes',
  'therapeutic_categories',
  'ingredient_groups',
  'ingredients',
  'ingredient_synonyms',
  'drugs',
] as const;
export type LegacyKind = (typeof LEGACY_KINDS)[number];

/** Names a table of each kind goes by in `public`, the specification's own first. */
export const TABLE_NAMES: Readonly<Record<LegacyKind, readonly string[]>> = {
  companies: ['companies', 'manufacturers'],
  dosage_forms: ['dosage_forms'],
  routes: ['routes'],
  therapeutic_categories: ['therapeutic_categories'],
  ingredient_groups: ['ingredient_groups'],
  ingredients: ['ingredients', 'ingredient_standards', 'active_ingredients'],
  ingredient_synonyms: ['ingredient_synonyms'],
  drugs: ['drugs'],
};

/** A table of the older catalogue as it is found. */
export interface LegacyTable {
  readonly kind: LegacyKind;
  readonly tableName: string;
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly pages: number;
}

/** What became of a row that is not simply there under its old id and name, and of a value that could not be kept. */
export type RowOutcome = 'kept' | 'renumbered' | 'merged' | 'repaired' | 'refused' | 'added';

export interface RowNote {
  readonly tableName: string;
  readonly legacyId: string | null;
  readonly targetId: number | null;
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  readonly rawValue: string | null;
}

/** Counts of one table. `found` = `kept` + `renumbered` + `merged` + `refused`. */
export interface TableReport {
  readonly table: string;
  readonly kind: LegacyKind;
  readonly found: number;
  /** There under their old id. */
  readonly kept: number;
  /** There under another id, since the old one was taken or none. */
  readonly renumbered: number;
  /** The same as a row that was there already. */
  readonly merged: number;
  /** Left in the schema legacy only. */
  readonly refused: number;
  /** Rows the move had to add for others to refer to. */
  readonly added: number;
  /** Moved, with a value that could not be taken as written. */
  readonly repaired: number;
}

/** How the products refer to their lists. */
export interface LinkReport {
  /** Products that state a value other than "unknown". */
  readonly stated: number;
  /** Of these, linked to an entry that says what it means. */
  readonly linked: number;
  /** Linked although nothing was stated: the name of the product says it. */
  readonly byName: number;
  /** Values nobody understood, most frequent first, with how many products state them. */
  readonly unknown: readonly { readonly value: string; readonly count: number }[];
}

export interface LegacyReport {
  readonly moved: boolean;
  readonly tables: readonly TableReport[];
  /** Products in the catalogue before and after. */
  readonly productsBefore: number;
  readonly productsAfter: number;
  readonly routes: LinkReport;
  readonly dosageForms: LinkReport;
  readonly ingredients: {
    readonly linked: number;
    readonly partial: number;
    readonly unlinked: number;
    readonly notStated: number;
  };
  readonly barcodes: { readonly stated: number; readonly stored: number };
  readonly prescriptionOnly: number;
  /** Tables of public that are not of the catalogue, and stay there. */
  readonly leftInPublic: readonly string[];
  /** Why rows were refused or repaired, most frequent first. */
  readonly reasons: readonly {
    readonly table: string;
    readonly outcome: RowOutcome;
    readonly reason: string;
    readonly count: number;
    readonly example: string;
  }[];
  readonly seconds: number;
}
