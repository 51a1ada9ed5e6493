import { z } from 'zod';

import {
  Id,
  MoneyText,
  pageOf,
  Paging,
  QueryId,
  SignedQuantityText,
} from '../../../platform/http/schemas.js';
import { ServiceLevel } from '../../auth/branches/branches.types.js';
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
};

export const SuggestionQuery = z.strictObject({
  ...Paging,
  ...queryTerms,
  /** Of this supplier alone. */
  supplierId: QueryId.optional(),
});

/** What leads to an expectation. */
const explanation = {
  /** How the level was found: smoothed, by how often and how much (intermittent), or not at all. */
  method: z.enum(['smoothed', 'intermittent', 'none']),
  /** Base units expected a day in the coming week. */
  usagePerDay: SignedQuantityText,
  /** Base units by which a week changes from one to the next. */
  trendPerWeek: SignedQuantityText,
  /** What the coming week is of a usual one: 1.2 is a fifth more. */
  season: z.number(),
  /** Whole weeks of stock it was observed in. */
  weeksSeen: z.int(),
  /** Of the last 91 days, those with any of it in stock, and those without. */
  daysInStock: z.int(),
  stockOutDays: z.int(),
  /** Base units noted in them as wanted and not there. */
  lost: SignedQuantityText,
};

const OfferView = z.object({
  supplierId: Id,
  supplierName: z.string(),
  /** Of a pack, as it last cost there; null: not delivered in a year. */
  price: MoneyText.nullable(),
});

export const SuggestionPage = pageOf(
  z.object({
    drugId: Id,
    drugName: z.string(),
    drugNameAr: z.string().nullable(),
    baseUnit: z.string(),
    packUnits: SignedQuantityText,
    reason: z.enum(['min-max', 'forecast']),
    /** Base units to buy, whole packs; zero: all of it would expire before it is sold. */
    quantity: SignedQuantityText,
    packs: z.int(),
    /** True: less than wanted, since more would expire before it is sold. */
    isCapped: z.boolean(),
    target: SignedQuantityText,
    /** Base units expected over lead time and review, and kept above that. */
    expected: SignedQuantityText,
    safety: SignedQuantityText,
    /** Share of the times between orders it is to be there. */
    serviceLevel: z.number(),
    /** Base units in stock that will be sold before they expire, and that will not. */
    usable: SignedQuantityText,
    willExpire: SignedQuantityText,
    onOrder: SignedQuantityText,
    ...explanation,
    leadDays: z.int(),
    /** Standard deviation of the lead time, days. */
    leadDeviation: z.number(),
    shelfLifeDays: z.int().nullable(),
    min: SignedQuantityText.nullable(),
    max: SignedQuantityText.nullable(),
    /** Of its rule; null: it has none. */
    ruleVersion: z.int().nullable(),
    /** Days until what is usable is used, 366 for more; null: nobody can tell. */
    daysOfCover: z.int().nullable(),
    /** Named by the rule, else the cheapest of the last year, else null. */
    supplierId: Id.nullable(),
    supplierName: z.string().nullable(),
    /** Who delivered it in the last year, the cheapest first. */
    offers: z.array(OfferView),
    /** Of a pack, as it last cost there. */
    price: MoneyText.nullable(),
    /** Who delivered it last. */
    lastSupplierId: Id.nullable(),
  }),
).meta({ id: 'ReorderSuggestionPage' });

/** A product's demand by weeks. */
export const DemandView = z
  .object({
    drugId: Id,
    drugName: z.string(),
    baseUnit: z.string(),
    ...explanation,
    /** Up to 52 weeks, the oldest first; the last ended yesterday. */
    past: z.array(
      z.object({
        used: SignedQuantityText,
        lost: SignedQuantityText,
        /** Share of the week there was stock for. */
        inStock: z.number(),
        /** As it would have been with stock all week. */
        corrected: SignedQuantityText,
      }),
    ),
    /** 13 weeks from today. */
    ahead: z.array(z.object({ expected: SignedQuantityText, deviation: SignedQuantityText })),
  })
  .meta({ id: 'ProductDemand' });

const Amount = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "30"');

/** Least and most in base units, both or none; whom it is bought from. */
export const SetReorderRule = z
  .strictObject({
    min: Amount.nullable(),
    max: Amount.nullable(),
    supplierId: Id.nullable().default(null),
    /** Share of the times between orders it is to be there; null: as the branch has it. */
    serviceLevel: ServiceLevel.nullable().default(null),
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
    serviceLevel: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'ReorderRule' });

export const RuleQuery = z.strictObject({ ...Paging, drugId: QueryId.optional() });
export const RulePage = pageOf(ReorderRule).meta({ id: 'ReorderRulePage' });

const bodyDays = (standard: number) => z.int().min(0).max(90).default(standard);

/** Which suggestions become orders: one draft a supplier. */
export const OrderSuggestions = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          drugId: Id,
          /** Left out: as many as are suggested. */
          packs: z.int().min(1).max(100_000).optional(),
          /** Left out: the one suggested. */
          supplierId: Id.optional(),
        }),
      )
      .min(1)
      .max(500)
      .refine(
        (lines) => new Set(lines.map((line) => line.drugId)).size === lines.length,
        'must name a product once',
      ),
    reviewDays: bodyDays(7),
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
