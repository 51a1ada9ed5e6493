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
  text,
} from '../../platform/http/schemas.js';

const Status = z.enum(['open', 'released', 'lapsed']);

export const ReservationQuery = z.strictObject({
  ...Paging,
  status: Status.optional(),
  drugId: QueryId.optional(),
});

export const KeepStock = z
  .strictObject({
    drugId: Id,
    quantity: QuantityText,
    /** For how long, at most fourteen days. */
    minutes: z.int().min(1).max(20_160),
    /** For whom or what, in words. */
    heldFor: text(200).optional(),
  })
  .meta({ id: 'KeepStock' });

export const ReservationView = z
  .object({
    reservationId: Id,
    drugId: Id,
    drugName: z.string(),
    baseUnit: z.string(),
    quantity: SignedQuantityText,
    heldFor: z.string().nullable(),
    status: Status,
    expiresAt: Instant,
    createdBy: z.string(),
    createdAt: Instant,
    closedBy: z.string().nullable(),
    closedAt: Instant.nullable(),
    lots: z.array(
      z.object({
        lotId: Id,
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        bin: z.string().nullable(),
        quantity: SignedQuantityText,
      }),
    ),
  })
  .meta({ id: 'StockReservation' });

export const ReservationPage = pageOf(ReservationView).meta({ id: 'StockReservationPage' });
