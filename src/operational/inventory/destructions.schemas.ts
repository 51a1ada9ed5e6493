import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  text,
} from '../../platform/http/schemas.js';
import { DESTRUCTION_REASONS, DESTRUCTION_STATUSES } from './destructions.types.js';

/** Token of POST /auth/witness or POST /auth/step-up. */
export const SignatureToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, 'must be a token as given');

export const DestroyLot = z
  .strictObject({
    lotId: Id,
    quantity: QuantityText,
    reason: z.enum(DESTRUCTION_REASONS),
    note: text(400).optional(),
    /** The second person's signature; without it what needs one waits for it. */
    witness: SignatureToken.optional(),
  })
  .refine(({ reason, note }) => reason !== 'other' || (note?.length ?? 0) >= 5, {
    path: ['note'],
    message: 'must say what it is, in at least 5 characters',
  })
  .meta({ id: 'DestroyLot' });

export const DestructionQuery = z.strictObject({
  ...Paging,
  status: z.enum(DESTRUCTION_STATUSES).optional(),
});

/** The password of who witnesses, given in his own session: token of POST /auth/step-up. */
export const WitnessDestruction = z
  .strictObject({ stepUp: SignatureToken })
  .meta({ id: 'WitnessDestruction' });

export const CancelDestruction = z.strictObject({ reason: text(400) }).meta({ id: 'CancelDestruction' });

export const DestructionView = z
  .object({
    destructionId: Id,
    lotId: Id,
    lotNumber: z.string(),
    expiryDate: DateText.nullable(),
    drugId: Id,
    drugName: z.string(),
    baseUnit: z.string(),
    schedule: z.string().nullable(),
    quantity: z.string(),
    reason: z.enum(DESTRUCTION_REASONS),
    note: z.string().nullable(),
    status: z.enum(DESTRUCTION_STATUSES),
    requestedById: Id,
    requestedBy: z.string(),
    requestedAt: Instant,
    closedBy: z.string().nullable(),
    closedAt: Instant.nullable(),
    witnessedBy: z.string().nullable(),
    cancelReason: z.string().nullable(),
    movementId: z.int().nullable(),
    value: MoneyText,
    needsWitness: z.boolean(),
  })
  .meta({ id: 'Destruction' });

export const DestructionPage = pageOf(DestructionView).meta({ id: 'DestructionPage' });
