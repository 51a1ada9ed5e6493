import { z } from 'zod';

import { Id, Instant, MoneyText, pageOf, Paging, QuantityText, text } from '../../platform/http/schemas.js';

/** A line as it stands in a basket; it is priced when it is paid. */
const Line = z.union([
  z.strictObject({
    drugId: Id,
    quantity: QuantityText,
    unit: z.enum(['unit', 'strip', 'pack']),
    discount: MoneyText.optional(),
    packs: z.array(text(200)).max(100).optional(),
  }),
  z.strictObject({ fillId: Id }),
]);

export const HoldBasket = z
  .strictObject({
    /** What it is known by at the counter. */
    label: text(100).nullish(),
    patientId: Id.nullish(),
    lines: z.array(Line).min(1).max(100),
    /** What it comes to at this moment. */
    total: MoneyText,
  })
  .meta({ id: 'HoldBasket' });

export const HeldBasketQuery = z.strictObject({ ...Paging });

const fields = {
  heldBasketId: Id,
  label: z.string().nullable(),
  patientId: Id.nullable(),
  patientName: z.string().nullable(),
  lineCount: z.int(),
  total: MoneyText,
  status: z.enum(['held', 'resumed', 'discarded']),
  heldBy: z.string(),
  heldAt: Instant,
  expiresAt: Instant,
};

export const HeldBasketPage = pageOf(z.object(fields)).meta({ id: 'HeldBasketPage' });
export type HeldBasketRow = z.output<typeof HeldBasketPage>['data'][number];

/** A basket with what a till shows of its lines. */
export const HeldBasketView = z
  .object({
    ...fields,
    lines: z.array(Line),
    /** Names of its products and fills, line by line. */
    names: z.array(z.string()),
  })
  .meta({ id: 'HeldBasket' });
export type HeldBasket = z.output<typeof HeldBasketView>;
