import { z } from 'zod';

import { Id, pageOf, QueryFlag, text } from '../../../platform/http/schemas.js';
import { AtcCode, entryName, ListQuery, patchOf, Products } from '../list.schemas.js';
import { INGREDIENT_KINDS } from './ingredient.entity.js';

/** What sort of other name a synonym is. */
export const SynonymKind = z.enum([
  'synonym',
  'salt',
  'abbreviation',
  'misspelling',
  'arabic',
  'brand_generic',
]);

/** Systems that code ingredients; `atc` holds further ATC codes than the ingredient's own. */
export const CodeSystem = z.enum(['unii', 'rxcui', 'cas', 'atc', 'snomed']);

const Kind = z.enum(INGREDIENT_KINDS);
/** What may be given: an ingredient becomes `merged` by merging only. */
const GivenKind = z.enum(['substance', 'salt', 'mixture', 'not_medicinal']);

/** How sure a link is, 0 to 1. */
const Confidence = z.number().min(0).max(1).multipleOf(0.01);
const Factor = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'must be a factor such as "0.721"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');

/** `q` finds by name, synonym or code; `verified=false` is what imports made of names they did not know. */
export const IngredientQuery = ListQuery.extend({
  verified: QueryFlag.optional(),
  kind: Kind.optional(),
  groupCode: text(80).optional(),
});
export type IngredientQuery = z.output<typeof IngredientQuery>;

const SynonymView = z.object({
  synonymId: Id,
  synonym: z.string(),
  kind: SynonymKind,
  confidence: z.number(),
  baseFactor: z.string().nullable(),
  source: z.string(),
});

export const IngredientView = z
  .object({
    id: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    atcCode: z.string().nullable(),
    kind: Kind,
    baseIngredientId: Id.nullable(),
    baseName: z.string().nullable(),
    baseFactor: z.string().nullable(),
    verified: z.boolean(),
    source: z.string(),
    synonyms: z.array(SynonymView),
    codes: z.array(z.object({ system: CodeSystem, code: z.string() })),
    groupCodes: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Ingredient' });

export type IngredientView = z.output<typeof IngredientView>;

export const IngredientPage = pageOf(IngredientView.extend({ products: Products })).meta({
  id: 'IngredientPage',
});

const synonymFields = {
  synonym: entryName(300),
  kind: SynonymKind,
  confidence: Confidence.optional(),
  baseFactor: Factor.nullish(),
};
const factorOfSaltOnly = [
  (given: { kind: string; baseFactor?: string | null }) => !given.baseFactor || given.kind === 'salt',
  'baseFactor belongs to a salt',
] as const;
const GivenSynonym = z.strictObject(synonymFields).refine(...factorOfSaltOnly);
export type GivenSynonym = z.output<typeof GivenSynonym>;

const fields = {
  name: entryName(300).transform((name) => name.toLowerCase()),
  nameAr: text(300).nullish(),
  atcCode: AtcCode.nullish(),
  kind: GivenKind.optional(),
  baseIngredientId: Id.nullish(),
  baseFactor: Factor.nullish(),
  verified: z.boolean().optional(),
  synonyms: z.array(GivenSynonym).max(200).optional(),
  codes: z
    .array(z.strictObject({ system: CodeSystem, code: text(40) }))
    .max(50)
    .optional(),
  groupCodes: z.array(text(80)).max(50).optional(),
};

export const CreateIngredient = z.strictObject(fields).meta({ id: 'CreateIngredient' });
export type CreateIngredient = z.output<typeof CreateIngredient>;

/** Synonyms, codes and group codes, when given, replace those there are. */
export const UpdateIngredient = patchOf(fields).meta({ id: 'UpdateIngredient' });
export type UpdateIngredient = z.output<typeof UpdateIngredient>;

/** One more name; `confidence` is 1 unless said otherwise. */
export const AddSynonym = z
  .strictObject(synonymFields)
  .refine(...factorOfSaltOnly)
  .meta({ id: 'AddIngredientSynonym' });

/** `addGroups` puts the ingredient that stays into the groups of the one that goes; without it their rules must not be lost. */
export const MergeIngredient = z
  .strictObject({
    intoIngredientId: Id,
    version: z.int().min(1),
    addGroups: z.boolean().optional(),
  })
  .meta({ id: 'MergeIngredient' });
export type MergeIngredient = z.output<typeof MergeIngredient>;

export const MergeResult = z
  .object({
    linkId: Id,
    ingredient: IngredientView,
    /** Composition lines that moved, and the products they are of. */
    lines: z.int(),
    products: z.int(),
  })
  .meta({ id: 'IngredientMergeResult' });
export type MergeResult = z.output<typeof MergeResult>;
