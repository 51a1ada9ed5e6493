import { z } from 'zod';

import {
  Id,
  MoneyText,
  pageOf,
  Paging,
  QueryId,
  SignedQuantityText,
} from '../../../platform/http/schemas.js';
import { OrderView } from '../orders/orders.schemas.js';

const days = (max: number, standard: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number of days')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`)
    .default(standard);

const queryTerms = {
  /** Days until somebody looks again. */
  reviewDays: days(90, 7),
  /** Days of usage kept in case. */
  safetyDays: days(90, 3),
};

export const SuggestionQuery = z.strictObject({
  ...Paging,
  ...queryTerms,
  /** Of this supplier alone. */
  supplierId: QueryId.optional(),
});

export const SuggestionPage = pageOf(
  z.object({
    drugId: Id,
    drugName: z.string(),
    drugNameAr: z.string().nullable(),
    baseUnit: z.string(),
    packUnits: SignedQuantityText,
    reason: z.enum(['min-max', 'usage']),
    /** Base units to buy, whole packs; zero: all of it would expire before it is sold. */
    quantity: SignedQuantityText,
    packs: z.int(),
    /** True: less than wanted, since more would expire before it is sold. */
    isCapped: z.boolean(),
    target: SignedQuantityText,
    /** Base units in stock that will be sold before they expire, and that will not. */
    usable: SignedQuantityText,
    willExpire: SignedQuantityText,
    onOrder: SignedQuantityText,
    usagePerDay: SignedQuantityText,
    /** Of the days observed, those with any of it in stock, and those without. */
    daysInStock: z.int(),
    stockOutDays: z.int(),
    leadDays: z.int(),
    shelfLifeDays: z.int().nullable(),
    min: SignedQuantityText.nullable(),
    max: SignedQuantityText.nullable(),
    /** Days until what is usable is used; null: nobody can tell. */
    daysOfCover: z.int().nullable(),
    /** Named by the rule, else the cheapest of the last year, else null. */
    supplierId: Id.nullable(),
    supplierName: z.string().nullable(),
    /** Of a pack, as it last cost there. */
    price: MoneyText.nullable(),
    /** Who delivered it last. */
    lastSupplierId: Id.nullable(),
  }),
).meta({ id: 'ReorderSuggestionPage' });

const Amount = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "30"');

/** Least and most in base units, both or none; whom it is bought from. */
export const SetReorderRule = z
  .strictObject({
    min: Amount.nullable(),
    max: Amount.nullable(),
    supplierId: Id.nullable().default(null),
    /** Of the rule as it was read; left out for the first. */
    version: z.int().min(1).optional(),
  })
  .meta({ id: 'SetReorderRule' });

export const ReorderRule = z
  .object({
    drugId: Id,
    drugName: z.string(),
    min: SignedQuantityText.nullable(),
    max: SignedQuantityText.nullable(),
    supplierId: Id.nullable(),
    supplierName: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'ReorderRule' });

export const RuleQuery = z.strictObject({ ...Paging, drugId: QueryId.optional() });
export const RulePage = pageOf(ReorderRule).meta({ id: 'ReorderRulePage' });

const bodyDays = (standard: number) => z.int().min(0).max(90).default(standard);

/** Which suggestions become orders: one draft a supplier. */
export const OrderSuggestions = z
  .strictObject({
    drugIds: z.array(Id).min(1).max(500),
    reviewDays: bodyDays(7),
    safetyDays: bodyDays(3),
  })
  .meta({ id: 'OrderSuggestions' });

export const SuggestionsOrdered = z
  .object({
    orders: z.array(OrderView),
    /** Products of no suggestion any more, or of no supplier. */
    left: z.array(z.object({ drugId: Id, reason: z.enum(['nothing-to-buy', 'no-supplier']) })),
  })
  .meta({ id: 'SuggestionsOrdered' });

export type Rule = z.output<typeof ReorderRule>;
export type SuggestionRow = z.output<typeof SuggestionPage>['data'][number];
