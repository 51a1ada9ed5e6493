import { z } from 'zod';

import { Id } from '../../platform/http/schemas.js';

/** Kinds of rules an ingredient may have none of. */
const KINDS = ['interaction', 'contraindication', 'dose'] as const;

export const RuleCoverageQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(1000).default(1),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv']).default('json'),
});

export const RuleCoverageReport = z
  .object({
    /** Products the branch has in stock, and their different ingredients. */
    stocked: z.object({
      products: z.int(),
      ingredients: z.int(),
      withInteractions: z.int(),
      withContraindications: z.int(),
      withDoseLimits: z.int(),
      /** Of the products those whose ingredients are not all known: nothing of them is screened in full. */
      unlinkedProducts: z.int(),
    }),
    /** Ingredients with no rule of a kind, those of most products first. */
    data: z.array(
      z.object({
        ingredientId: Id,
        name: z.string(),
        products: z.int(),
        missing: z.array(z.enum(KINDS)),
      }),
    ),
    /** The first of the products whose ingredients are not all known. */
    unlinked: z.array(z.object({ drugId: Id, name: z.string(), status: z.enum(['partial', 'unlinked']) })),
    meta: z.object({ total: z.int(), page: z.int(), limit: z.int() }),
  })
  .meta({ id: 'RuleCoverageReport' });
