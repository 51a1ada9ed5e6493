import { z } from 'zod';

import { offeredFields } from './offered.types.js';

export const EquivalentsView = z
  .object({
    data: z.array(
      z.object({
        ...offeredFields,
        /** What the quantity of one pack of the product asked about costs more (or less, negative); null: a price is unknown. */
        priceDifference: z.string().nullable(),
      }),
    ),
    meta: z.object({
      total: z.int(),
      /** amounts: every amount is known and equal; strength-text: the strengths as written are equal, amounts are not known. */
      comparedBy: z.enum(['amounts', 'strength-text']).nullable(),
      /** family: forms of one family; same-form: the form is in no family, so only the form itself counts. */
      formRule: z.enum(['family', 'same-form']).nullable(),
      /** Why nothing can be compared. */
      notComparable: z.enum(['ingredients-unlinked', 'amount-unknown', 'form-or-route-unknown']).nullable(),
    }),
  })
  .meta({ id: 'DrugEquivalents' });
export type EquivalentsView = z.output<typeof EquivalentsView>;

export const AlternativesView = z
  .object({
    data: z.array(
      z.object({
        ...offeredFields,
        /** What it contains, as standard names. */
        ingredients: z.array(z.string()),
        /** False: it goes in another way. */
        sameRoute: z.boolean(),
      }),
    ),
    meta: z.object({
      total: z.int(),
      /** The ATC level 4 class they share; null where none is known of the product. */
      atcCode: z.string().nullable(),
      atcName: z.string().nullable(),
      /** product: the product states its ATC code; ingredient: it is that of its only ingredient. */
      atcFrom: z.enum(['product', 'ingredient']).nullable(),
    }),
  })
  .meta({ id: 'DrugAlternatives' });
export type AlternativesView = z.output<typeof AlternativesView>;
