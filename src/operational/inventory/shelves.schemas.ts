import { z } from 'zod';

import { DateText, Id, MoneyText, pageOf, Paging, QuantityText, text } from '../../platform/http/schemas.js';

export const BinQuery = z.strictObject({ ...Paging, q: text(40).optional() });

export const BinPage = pageOf(
  z.object({
    /** null: lots with stock that lie nowhere in particular. */
    bin: z.string().nullable(),
    lots: z.int(),
    products: z.int(),
    value: MoneyText,
  }),
).meta({ id: 'BinPage' });

export const MoveLot = z
  .strictObject({
    version: z.int().min(1),
    /** null: nowhere in particular. */
    bin: text(40).nullable(),
  })
  .meta({ id: 'MoveLot' });

export const SplitLot = z
  .strictObject({
    lotId: Id,
    quantity: QuantityText,
    /** What the part becomes; the same only where it gets an earlier expiry. */
    status: z.enum(['available', 'quarantined', 'on_hold']).default('available'),
    /** Repacked goods may be used for a shorter time than the maker says. */
    expiryDate: DateText.optional(),
    bin: text(40).optional(),
    reason: text(300),
  })
  .meta({ id: 'SplitLot' });
