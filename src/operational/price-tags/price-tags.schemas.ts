import { z } from 'zod';

import { DateText, Id, MoneyText, pageOf, Paging, text } from '../../platform/http/schemas.js';

/** Most tags of one sheet of orders: what a shelf of a shop holds. */
const MOST_TAGS = 500;

export const TagQuery = z.strictObject({
  ...Paging,
  /** Part of a name. */
  q: text(100).optional(),
  /** Products whose price took effect on this day or later. */
  priceChangedSince: DateText.optional(),
  /** Products that came to the branch on this day or later. */
  receivedSince: DateText.optional(),
});

export const TagPage = pageOf(
  z.object({
    drugId: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    strength: z.string().nullable(),
    price: MoneyText,
    oldPrice: MoneyText.nullable(),
    priceEffectiveFrom: DateText,
    baseUnit: z.string(),
    /** What a base unit costs; null: the pack is one. */
    unitPrice: MoneyText.nullable(),
    barcode: z.string().nullable(),
  }),
).meta({ id: 'PriceTagPage' });
export type TagRow = z.output<typeof TagPage>['data'][number];

/** `roll-50x30`, `roll-38x25`: one tag a page of a label printer; `a4-24`, `a4-14`: sheets of 3 × 8 tags and of 2 × 7 shelf labels. */
export const TAG_SIZES = ['roll-50x30', 'roll-38x25', 'a4-24', 'a4-14'] as const;

export const PrintTags = z
  .strictObject({
    tags: z
      .array(z.strictObject({ drugId: Id, copies: z.int().min(1).max(100) }))
      .min(1)
      .max(100)
      .refine(
        (tags) => tags.reduce((sum, tag) => sum + tag.copies, 0) <= MOST_TAGS,
        `must be at most ${MOST_TAGS} tags`,
      ),
    size: z.enum(TAG_SIZES),
    lang: z.enum(['en', 'ar']).default('en'),
    /** True: what a unit costs stands below. */
    unitPrice: z.boolean().default(true),
    /** Places of the first sheet that are empty already. */
    skip: z.int().min(0).max(23).default(0),
  })
  .meta({ id: 'PrintPriceTags' });
