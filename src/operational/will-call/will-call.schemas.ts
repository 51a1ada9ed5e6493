import { z } from 'zod';

import { BodyPaging, Id, Instant, Paging, QueryFlag, QueryId, text } from '../../platform/http/schemas.js';
import { HOLD_REASONS } from './will-call.types.js';

const HoldReason = z.enum(HOLD_REASONS);

export const BinView = z
  .object({
    binId: Id,
    code: z.string(),
    /** Why what lies in it is not handed over; null: it is. */
    holdReason: HoldReason.nullable(),
    note: z.string().nullable(),
    active: z.boolean(),
    fills: z.int(),
    version: z.int(),
  })
  .meta({ id: 'WillCallBin' });

export const BinList = z.object({ data: z.array(BinView) }).meta({ id: 'WillCallBins' });

export const CreateBin = z
  .strictObject({
    code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,19}$/, 'must be 1 to 20 of A–Z, 0–9, dash'),
    holdReason: HoldReason.nullable().default(null),
    note: text(200).nullable().default(null),
  })
  .meta({ id: 'CreateWillCallBin' });

export const UpdateBin = z
  .strictObject({
    version: z.int().min(1),
    holdReason: HoldReason.nullable().optional(),
    note: text(200).nullable().optional(),
    active: z.boolean().optional(),
  })
  .meta({ id: 'UpdateWillCallBin' });

const searched = {
  bin: text(40).optional(),
  /** Name of the patient or number of the prescription. */
  q: text(100).optional(),
};
export const WillCallQuery = z.strictObject({
  ...searched,
  /** Waiting at least so many days. */
  minDays: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number of days')
    .transform(Number)
    .optional(),
  /** Only what a bin holds back, or only what may be handed over. */
  held: QueryFlag.optional(),
  patientId: QueryId.optional(),
  /** The last fill of the page before. */
  cursor: QueryId.optional(),
  limit: Paging.limit,
});
export const SearchWillCall = z
  .strictObject({
    ...searched,
    minDays: z.int().min(0).max(9999).optional(),
    held: z.boolean().optional(),
    patientId: Id.optional(),
    cursor: Id.optional(),
    limit: BodyPaging.limit,
  })
  .meta({ id: 'SearchWillCall' });

export const WillCallPage = z
  .object({
    data: z.array(
      z.object({
        fillId: Id,
        prescriptionId: Id,
        rxNumber: z.string(),
        patientId: Id,
        patientName: z.string(),
        patientNameAr: z.string().nullable(),
        drugId: Id,
        drugName: z.string(),
        drugNameAr: z.string().nullable(),
        strength: z.string().nullable(),
        quantity: z.string(),
        baseUnit: z.string(),
        price: z.string(),
        bin: z.string().nullable(),
        holdReason: HoldReason.nullable(),
        readyAt: Instant,
        daysWaiting: z.int(),
        /** Last day it may be handed over. */
        expiresOn: z.string().meta({ format: 'date' }),
      }),
    ),
    nextCursor: Id.nullable(),
    /** All that waits at the branch, by how long: 0–2, 3–6, 7–13, 14 days and more. */
    ages: z.array(z.object({ fromDays: z.int(), fills: z.int() })),
  })
  .meta({ id: 'WillCallPage' });
