import { z } from 'zod';

import { Id, Instant, Paging, QueryId, text } from '../../platform/http/schemas.js';

const Kind = z.enum(['data_processing', 'reminders', 'data_sharing', 'research', 'marketing']);
const Decision = z.enum(['given', 'withdrawn']);
const Method = z.enum(['written', 'spoken', 'electronic']);
const Decider = z.enum(['patient', 'guardian', 'proxy']);

export const RecordConsent = z
  .strictObject({
    kind: Kind,
    decision: Decision,
    method: Method,
    decidedBy: Decider.default('patient'),
    /** Asked for where it is not the patient. */
    deciderName: text(200).nullable().default(null),
    note: text(1000).nullable().default(null),
  })
  .refine(({ decidedBy, deciderName }) => decidedBy === 'patient' || deciderName !== null, {
    path: ['deciderName'],
    message: 'must be given where somebody else decides',
  })
  .meta({ id: 'RecordConsent' });

export const ConsentQuery = z.strictObject({
  /** The last decision of the page before. */
  cursor: QueryId.optional(),
  limit: Paging.limit,
});

export const ConsentView = z
  .object({
    consentId: Id,
    kind: Kind,
    decision: Decision,
    method: Method,
    decidedBy: Decider,
    deciderName: z.string().nullable(),
    note: z.string().nullable(),
    recordedBy: z.string(),
    recordedAt: Instant,
    /** True: the last decision on its kind, which holds. */
    holds: z.boolean(),
  })
  .meta({ id: 'PatientConsent' });

export const ConsentPage = z
  .object({ data: z.array(ConsentView), nextCursor: Id.nullable() })
  .meta({ id: 'PatientConsentPage' });
