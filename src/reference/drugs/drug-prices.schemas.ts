import { z } from 'zod';

import { DateText, Id, Instant, MoneyText, pageOf, Paging } from '../../platform/http/schemas.js';

export const PricesQuery = z.strictObject(Paging);

/** Periods, newest first; on any day since the first exactly one holds. */
export const PriceHistory = pageOf(
  z.object({
    /** Price of one pack; null: none was known. */
    price: MoneyText.nullable(),
    effectiveFrom: DateText,
    /** First day it held no more; null: no end is known. */
    effectiveTo: DateText.nullable(),
    state: z.enum(['past', 'current', 'scheduled']),
    source: z.string(),
    releaseId: Id.nullable(),
    setBy: Id.nullable(),
    recordedAt: Instant,
  }),
).meta({ id: 'DrugPriceHistory' });
