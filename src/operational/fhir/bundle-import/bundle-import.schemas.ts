import { z } from 'zod';

import { Id } from '../../../platform/http/schemas.js';

/** A bundle; what is in it is read entry by entry. */
export const SentBundle = z.looseObject({ resourceType: z.literal('Bundle') }).meta({ id: 'FhirBundle' });

const OutcomeWord = z.enum(['imported', 'updated', 'unchanged', 'used', 'skipped']);
const countFields = {
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  used: z.int(),
  skipped: z.int(),
};

export const ImportReport = z
  .object({
    source: z.string().nullable(),
    status: z.enum(['imported', 'unchanged', 'refused']),
    reason: z.string().nullable(),
    bundleType: z.string().nullable(),
    resources: z.int(),
    patients: z.array(z.object({ patientId: Id, outcome: OutcomeWord })),
    counts: z.object(countFields),
    byType: z.array(z.object({ resourceType: z.string(), ...countFields })),
    notes: z.array(
      z.object({
        resourceType: z.string(),
        outcome: OutcomeWord,
        reason: z.string(),
        count: z.int(),
        first: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'FhirImportReport' });
