import { z } from 'zod';

import { Id, Instant, pageOf, Paging, text } from '../../platform/http/schemas.js';

export const RecordClass = z.enum([
  'dispensing',
  'controlled',
  'sales',
  'claims',
  'clinical',
  'consents',
  'disclosures',
]);
const RequestStatus = z.enum(['pending', 'refused', 'withdrawn', 'held', 'done']);

/** Why, as the person is told or told us. */
const Reason = text(500, 3);

export const CreateErasureRequest = z
  .strictObject({
    requestedBy: z.enum(['patient', 'guardian', 'proxy', 'authority']),
    /** His name, where it is not the patient. */
    requesterName: text(200).optional(),
    /** How it was made sure that it is him. */
    identityProof: text(300, 3),
    reason: Reason,
  })
  .refine((input) => input.requestedBy === 'patient' || input.requesterName !== undefined, {
    path: ['requesterName'],
    error: 'must be said where the patient does not ask himself',
  })
  .meta({ id: 'CreateErasureRequest' });

export const DecideErasureRequest = z.strictObject({ reason: Reason }).meta({ id: 'DecideErasureRequest' });

export const ErasureHold = z
  .object({
    recordClass: RecordClass,
    records: z.int(),
    heldUntil: z.string().meta({ format: 'date' }),
    legalBasis: z.string(),
    source: z.string(),
    releasedAt: Instant.nullable(),
  })
  .meta({ id: 'ErasureHold' });

export const ErasureRequestView = z
  .object({
    erasureRequestId: Id,
    patientId: Id,
    patientName: z.string(),
    requestedBy: z.enum(['patient', 'guardian', 'proxy', 'authority']),
    requesterName: z.string().nullable(),
    identityProof: z.string().nullable(),
    reason: z.string().nullable(),
    status: RequestStatus,
    recordedBy: z.string(),
    recordedAt: Instant,
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
    decisionReason: z.string().nullable(),
    completedAt: Instant.nullable(),
    /** What is held back, by which rule, and until when. */
    holds: z.array(ErasureHold),
  })
  .meta({ id: 'ErasureRequest' });

export const ErasureRequestPage = pageOf(ErasureRequestView).meta({ id: 'ErasureRequestPage' });

export const ErasureRequestQuery = z.strictObject({ ...Paging, status: RequestStatus.optional() });

export const ErasurePreview = z
  .object({
    /** What of the patient is still open: as long as there is any, he is not erased. */
    open: z.array(z.object({ kind: z.string(), records: z.int() })),
    /** What goes at once, by table. */
    atOnce: z.array(z.object({ tableName: z.string(), records: z.int() })),
    /** What is held back, by kind of record. */
    held: z.array(ErasureHold.omit({ releasedAt: true })),
  })
  .meta({ id: 'ErasurePreview' });

/** Why it must be known who an erased patient was. */
export const ReadErasedIdentity = z
  .strictObject({ reason: text(300, 10) })
  .meta({ id: 'ReadErasedIdentity' });

export const ErasedIdentities = z
  .object({
    data: z.array(
      z.object({
        patientId: Id,
        firstName: z.string(),
        lastName: z.string(),
        firstNameAr: z.string().nullable(),
        lastNameAr: z.string().nullable(),
        birthDate: z.string().nullable(),
        nationalId: z.string().nullable(),
        requesterName: z.string().nullable(),
        identityProof: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ErasedIdentities' });

export const RetentionRule = z
  .object({
    recordClass: RecordClass,
    years: z.int(),
    legalBasis: z.string(),
    source: z.string(),
    updatedBy: z.string().nullable(),
    updatedAt: Instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'RetentionRule' });

export const RetentionRuleList = z.object({ data: z.array(RetentionRule) }).meta({ id: 'RetentionRuleList' });

export const UpdateRetentionRule = z
  .strictObject({
    years: z.int().min(0).max(100),
    legalBasis: text(300, 3),
    source: text(500, 3),
    version: z.int().min(1),
  })
  .meta({ id: 'UpdateRetentionRule' });
