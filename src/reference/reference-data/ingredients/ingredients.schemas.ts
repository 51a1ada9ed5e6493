import { z } from 'zod';

import { Id, pageOf, QueryFlag, text } from '../../../platform/http/schemas.js';
import { AtcCode, entryName, ListQuery, patchOf } from '../list.schemas.js';

/** What sort of other name a synonym is. */
export const SynonymKind = z.enum([
  'synonym',
  'salt',
  'abbreviation',
  'misspelling',
  'arabic',
  'brand_generic',
]);

/** `q` finds by name or synonym; `verified=false` is the worklist of names imports did not know. */
export const IngredientQuery = ListQuery.extend({ verified: QueryFlag.optional() });

export const IngredientView = z
  .object({
    id: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    atcCode: z.string().nullable(),
    verified: z.boolean(),
    source: z.string(),
    synonyms: z.array(z.object({ synonym: z.string(), kind: SynonymKind })),
    groupCodes: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Ingredient' });

export type IngredientView = z.output<typeof IngredientView>;

export const IngredientPage = pageOf(IngredientView).meta({ id: 'IngredientPage' });

const fields = {
  name: entryName(300).transform((name) => name.toLowerCase()),
  nameAr: text(300).nullish(),
  atcCode: AtcCode.nullish(),
  verified: z.boolean().optional(),
  synonyms: z
    .array(z.strictObject({ synonym: entryName(300), kind: SynonymKind }))
    .max(200)
    .optional(),
  groupCodes: z.array(text(80)).max(50).optional(),
};

export const CreateIngredient = z.strictObject(fields).meta({ id: 'CreateIngredient' });

/** Synonyms and group codes, when given, replace those there are. */
export const UpdateIngredient = patchOf(fields).meta({ id: 'UpdateIngredient' });
