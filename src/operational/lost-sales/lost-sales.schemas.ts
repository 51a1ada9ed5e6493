import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  QuantityText,
  QueryId,
  SignedQuantityText,
} from '../../platform/http/schemas.js';
import { LOST_SALE_SOURCES } from './lost-sales.types.js';

/** Somebody wanted a product that is not in stock. What is refused at the till and in a fill is noted by itself. */
export const NoteLostSale = z
  .strictObject({
    drugId: Id,
    /** Base units wanted; left out: a pack. */
    quantity: QuantityText.optional(),
    source: z.enum(['search', 'till', 'manual']),
  })
  .meta({ id: 'NoteLostSale' });

export const LostSaleNoted = z
  .object({
    /** False: the same wish was noted by the same person within ten minutes. */
    isCounted: z.boolean(),
  })
  .meta({ id: 'LostSaleNoted' });

export const LostSaleQuery = z.strictObject({
  ...Paging,
  drugId: QueryId.optional(),
  from: DateText.optional(),
  to: DateText.optional(),
});

export const LostSalePage = pageOf(
  z.object({
    drugId: Id,
    drugName: z.string(),
    drugNameAr: z.string().nullable(),
    baseUnit: z.string(),
    /** Wishes and base units noted in the time asked for. */
    times: z.int(),
    quantity: SignedQuantityText,
    sources: z.array(z.enum(LOST_SALE_SOURCES)),
    lastAt: Instant,
    /** Base units that may be sold now, and on order. */
    available: SignedQuantityText,
    onOrder: SignedQuantityText,
  }),
).meta({ id: 'LostSalePage' });

export type LostSaleRow = z.output<typeof LostSalePage>['data'][number];
