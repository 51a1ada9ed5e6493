import { z } from 'zod';

import { Id, Instant, pageOf, Paging, text } from '../../../platform/http/schemas.js';
import { INGREDIENT_KINDS } from './ingredient.entity.js';
import { SynonymKind } from './ingredients.schemas.js';

/** `q` is part of the text; `suggestions=0` leaves the suggested matches out. */
export const WorklistQuery = z.strictObject({
  ...Paging,
  q: text(300).optional(),
  suggestions: z.enum(['0', '1', '2', '3', '4', '5']).transform(Number).default(3),
});
export type WorklistQuery = z.output<typeof WorklistQuery>;

const Suggestion = z.object({
  ingredientId: Id,
  name: z.string(),
  kind: z.enum(INGREDIENT_KINDS),
  /** The known name that came near, where it is not the standard one. */
  matched: z.string(),
  /** 0 to 1, higher is nearer; not a probability. */
  score: z.number(),
  reason: z.string(),
});

export const WorklistPage = pageOf(
  z.object({
    rawText: z.string(),
    /** The unverified ingredient an import made of the text; null: its lines are linked to nothing. */
    ingredientId: Id.nullable(),
    products: z.int(),
    examples: z.array(z.object({ drugId: Id, name: z.string(), activeRaw: z.string().nullable() })),
    suggestions: z.array(Suggestion),
  }),
)
  .extend({
    meta: z.object({ total: z.int(), page: z.int(), limit: z.int(), totalProducts: z.int() }),
  })
  .meta({ id: 'IngredientWorklist' });
export type WorklistPage = z.output<typeof WorklistPage>;

/**
 * Says what a text means, for every product line that bears it. It is remembered as a synonym of the kind given
 * (`synonym` where none is), unless `remember` is false.
 */
export const LinkText = z
  .strictObject({
    rawText: text(500),
    ingredientId: Id,
    kind: SynonymKind.optional(),
    remember: z.boolean().optional(),
  })
  .meta({ id: 'LinkIngredientText' });
export type LinkText = z.output<typeof LinkText>;

export const LinkResult = z
  .object({ linkId: Id, lines: z.int(), products: z.int(), synonym: z.string().nullable() })
  .meta({ id: 'IngredientLinkResult' });
export type LinkResult = z.output<typeof LinkResult>;

export const UndoResult = z
  .object({ linkId: Id, lines: z.int(), products: z.int() })
  .meta({ id: 'IngredientLinkUndone' });

export const LinksQuery = z.strictObject(Paging);

/** What pharmacists decided, newest first. */
export const LinksPage = pageOf(
  z.object({
    linkId: Id,
    kind: z.enum(['link', 'merge']),
    rawText: z.string(),
    ingredientId: Id,
    ingredientName: z.string(),
    lines: z.int(),
    madeBy: Id.nullable(),
    madeAt: Instant,
    undoneBy: Id.nullable(),
    undoneAt: Instant.nullable(),
  }),
).meta({ id: 'IngredientLinks' });
