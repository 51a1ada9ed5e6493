import { z } from 'zod';

import { DateText, Instant, text } from '../../platform/http/schemas.js';
import { COLLECTORS, DOCUMENT_KINDS, IDENTIFIER_KINDS, SIGNATURE_BYTES } from './pick-up.domain.js';

export const Counselling = z.strictObject({
  outcome: z.enum(['given', 'declined']),
  note: text(1000).optional(),
});

/** Who takes a fill away, and how he is known. */
export const PickUp = z
  .strictObject({
    /** As told; each must agree with the record of the patient. */
    identifiers: z
      .strictObject({
        name: text(200).optional(),
        birthDate: DateText.optional(),
        phone: text(50).optional(),
        nationalId: text(60).optional(),
      })
      .default({}),
    collector: z.enum(COLLECTORS).default('patient'),
    collectorName: text(200).optional(),
    /** Shown by who takes it; asked for with controlled medicines by some jurisdictions. */
    document: z.strictObject({ kind: z.enum(DOCUMENT_KINDS), number: text(60, 3) }).optional(),
    counselling: Counselling.optional(),
    /** PNG image in base64. */
    signature: z
      .string()
      .max(Math.ceil(SIGNATURE_BYTES / 3) * 4)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64')
      .optional(),
  })
  .refine(({ collector, collectorName }) => collector === 'patient' || collectorName !== undefined, {
    path: ['collectorName'],
    message: 'must say who takes it, where it is not the patient',
  });

/** A hand-over as it is shown: which particulars agreed, not what they are. */
export const PickUpView = z.object({
  identifiers: z.array(z.enum(IDENTIFIER_KINDS)),
  collector: z.enum(COLLECTORS),
  collectorName: z.string().nullable(),
  hasSignature: z.boolean(),
  occurredAt: Instant,
});

export const CounsellingView = z.object({
  outcome: z.enum(['given', 'declined']),
  note: z.string().nullable(),
  userName: z.string(),
  occurredAt: Instant,
});

export const CounselFill = Counselling.meta({ id: 'CounselFill' });

export const MoveFill = z.strictObject({ bin: text(40) }).meta({ id: 'MoveFill' });
