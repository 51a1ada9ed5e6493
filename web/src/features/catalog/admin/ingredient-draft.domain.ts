/* What the form of an ingredient holds, and what of it is sent. */

export const SYNONYM_KINDS = [
  'synonym',
  'salt',
  'abbreviation',
  'misspelling',
  'arabic',
  'brand_generic',
] as const;
export const CODE_SYSTEMS = ['unii', 'rxcui', 'cas', 'atc', 'snomed'] as const;
/** What an ingredient can be made; it becomes `merged` by merging only. */
export const GIVEN_KINDS = ['substance', 'salt', 'mixture', 'not_medicinal'] as const;

export interface DraftSynonym {
  key: number;
  synonym: string;
  kind: (typeof SYNONYM_KINDS)[number];
  baseFactor: string;
  /** Kept as it was read: who said so stays known. */
  confidence: number;
}

export interface DraftCode {
  key: number;
  system: (typeof CODE_SYSTEMS)[number];
  code: string;
}

export interface IngredientDraft {
  name: string;
  nameAr: string;
  atcCode: string;
  kind: (typeof GIVEN_KINDS)[number];
  base: { id: number; name: string } | null;
  baseFactor: string;
  verified: boolean;
  synonyms: DraftSynonym[];
  codes: DraftCode[];
  groupCodes: string[];
}

/** What is read of an ingredient to fill its form. */
interface ReadIngredient {
  name: string;
  nameAr: string | null;
  atcCode: string | null;
  kind: (typeof GIVEN_KINDS)[number] | 'merged';
  baseIngredientId: number | null;
  baseName: string | null;
  baseFactor: string | null;
  verified: boolean;
  synonyms: readonly {
    synonym: string;
    kind: (typeof SYNONYM_KINDS)[number];
    confidence: number;
    baseFactor: string | null;
  }[];
  codes: readonly { system: (typeof CODE_SYSTEMS)[number]; code: string }[];
  groupCodes: readonly string[];
}

/** The form of an ingredient; an ingredient made by hand counts as verified by whoever made it. */
export function draftOf(ingredient: ReadIngredient | undefined): IngredientDraft {
  const baseId = ingredient?.baseIngredientId ?? null;
  const base = baseId === null ? null : { id: baseId, name: ingredient?.baseName ?? '' };
  return {
    name: ingredient?.name ?? '',
    nameAr: ingredient?.nameAr ?? '',
    atcCode: ingredient?.atcCode ?? '',
    kind: ingredient === undefined || ingredient.kind === 'merged' ? 'substance' : ingredient.kind,
    base,
    baseFactor: ingredient?.baseFactor ?? '',
    verified: ingredient?.verified ?? true,
    synonyms: (ingredient?.synonyms ?? []).map((one, key) => ({
      key,
      synonym: one.synonym,
      kind: one.kind,
      confidence: one.confidence,
      baseFactor: one.baseFactor ?? '',
    })),
    codes: (ingredient?.codes ?? []).map((one, key) => ({ key, system: one.system, code: one.code })),
    groupCodes: [...(ingredient?.groupCodes ?? [])],
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** The body of POST and PATCH; base and factor belong to a salt only. */
export function toBody(draft: IngredientDraft) {
  const isSalt = draft.kind === 'salt';
  return {
    name: draft.name.trim(),
    nameAr: orNull(draft.nameAr),
    atcCode: orNull(draft.atcCode.toUpperCase()),
    kind: draft.kind,
    baseIngredientId: isSalt ? (draft.base?.id ?? null) : null,
    baseFactor: isSalt ? orNull(draft.baseFactor) : null,
    verified: draft.verified,
    synonyms: draft.synonyms
      .filter((one) => one.synonym.trim() !== '')
      .map((one) => ({
        synonym: one.synonym.trim(),
        kind: one.kind,
        confidence: one.confidence,
        baseFactor: one.kind === 'salt' ? orNull(one.baseFactor) : null,
      })),
    codes: draft.codes
      .filter((one) => one.code.trim() !== '')
      .map((one) => ({ system: one.system, code: one.code.trim() })),
    groupCodes: draft.groupCodes,
  };
}
