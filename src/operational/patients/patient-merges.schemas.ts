import { z } from 'zod';

import { Id, Instant, Paging, QueryId, text } from '../../platform/http/schemas.js';
import { AGREEMENTS, CONTRADICTIONS } from './patient-duplicates.domain.js';
import { DIFFERENCES } from './patient-merge.domain.js';
import { PatientView } from './patients.schemas.js';

const DifferenceName = z.enum(DIFFERENCES);

export const MergePatient = z
  .strictObject({
    /** The other record, which this one takes over. */
    mergedId: Id,
    /** Why they are the same person. */
    reason: text(500),
    /** Particulars that differ, and are of one person all the same. */
    confirm: z.array(DifferenceName).max(DIFFERENCES.length).default([]),
  })
  .meta({ id: 'MergePatient' });

export const UndoMerge = z.strictObject({ reason: text(500) }).meta({ id: 'UndoPatientMerge' });

export const MergeQuery = z.strictObject({
  /** The last merge of the page before. */
  cursor: QueryId.optional(),
  limit: Paging.limit,
});

export const MergeView = z
  .object({
    mergeId: Id,
    survivorId: Id,
    mergedId: Id,
    /** Name on the record that was taken over. */
    mergedName: z.string(),
    mergedNameAr: z.string().nullable(),
    mergedBirthDate: z.string().nullable().meta({ format: 'date' }),
    reason: z.string(),
    confirmed: z.array(DifferenceName),
    /** Particulars taken from the other record. */
    taken: z.array(z.string()),
    /** Rows that changed hands; sales, screenings and alerts stay under their number and are found by either. */
    moved: z.object({
      allergies: z.int(),
      conditions: z.int(),
      medications: z.int(),
      insurance: z.int(),
      prescriptions: z.int(),
    }),
    mergedBy: z.string(),
    mergedAt: Instant,
    undoneBy: z.string().nullable(),
    undoneAt: Instant.nullable(),
    undoReason: z.string().nullable(),
  })
  .meta({ id: 'PatientMerge' });

/** Records of the branch that may be of the same person, the likeliest first; at most ten. */
export const DuplicateList = z
  .object({
    data: z.array(
      z.object({
        patient: PatientView,
        score: z.int(),
        /** What speaks for one person. */
        agree: z.array(z.enum(AGREEMENTS)),
        /** What speaks against it. */
        differ: z.array(z.enum(CONTRADICTIONS)),
        /** Particulars a merge must confirm. */
        confirm: z.array(DifferenceName),
      }),
    ),
  })
  .meta({ id: 'PatientDuplicateList' });

export const MergePage = z
  .object({ data: z.array(MergeView), nextCursor: Id.nullable() })
  .meta({ id: 'PatientMergePage' });
