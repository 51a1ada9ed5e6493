import { z } from 'zod';

import { Id, Instant, Paging, text } from '../../platform/http/schemas.js';
import { AllergyView, ConditionView, InsuranceView, MedicationView } from './patient-records.schemas.js';
import { PatientView } from './patients.schemas.js';

export const ExportPatient = z
  .strictObject({
    /** Who asked for it, and why. */
    reason: text(500),
  })
  .meta({ id: 'ExportPatient' });

export const PrintPatientExport = z
  .strictObject({
    reason: text(500),
    /** Language of the page; none: the patient's. */
    language: z.enum(['ar', 'en']).optional(),
  })
  .meta({ id: 'PrintPatientExport' });

const Day = z.string().nullable().meta({ format: 'date' });

export const PatientExport = z
  .object({
    /** Rises when the shape of what follows changes. */
    format: z.literal(1),
    exportId: Id,
    exportedAt: Instant,
    exportedBy: z.string(),
    reason: z.string(),
    record: PatientView,
    /** Numbers of records that were merged into this one. */
    formerNumbers: z.array(Id),
    allergies: z.array(AllergyView),
    conditions: z.array(ConditionView),
    medications: z.array(MedicationView),
    insurance: z.array(InsuranceView),
    prescriptions: z.array(
      z.object({
        rxNumber: z.string(),
        drugName: z.string(),
        prescriberName: z.string(),
        prescribedDate: Day,
        expiresOn: Day,
        quantity: z.string(),
        daysSupply: z.int(),
        sig: z.string(),
        refillsAuthorized: z.int(),
        status: z.string(),
        notes: z.string().nullable(),
      }),
    ),
    /** With the advice given and who took it away. */
    fills: z.array(
      z.object({
        rxNumber: z.string(),
        fillNumber: z.int(),
        partNumber: z.int(),
        drugName: z.string(),
        quantity: z.string(),
        daysSupply: z.int(),
        price: z.string(),
        status: z.string(),
        dispensedOn: Day,
        counselling: z.string().nullable(),
        counsellingNote: z.string().nullable(),
        collector: z.string().nullable(),
        collectorName: z.string().nullable(),
        identifiers: z.array(z.string()).nullable(),
      }),
    ),
    /** What was asked of his payers, and what they answered. */
    claims: z.array(
      z.object({
        claimNumber: z.string(),
        rxNumber: z.string(),
        payerName: z.string(),
        memberNumber: z.string().nullable(),
        serviceDate: Day,
        amountClaimed: z.string(),
        payerShare: z.string().nullable(),
        patientShare: z.string().nullable(),
        status: z.string(),
        rejectCode: z.string().nullable(),
        submittedAt: Instant,
      }),
    ),
    /** Lines of sales and returns. */
    sales: z.array(
      z.object({
        saleNumber: z.string(),
        saleType: z.string(),
        soldOn: Day,
        description: z.string(),
        quantity: z.string(),
        unit: z.string(),
        lineTotal: z.string(),
      }),
    ),
    /** Entries of his accounts: what he bought on account, paid and paid ahead. */
    accounts: z.array(
      z.object({
        accountNumber: z.string(),
        enteredOn: Day,
        kind: z.string(),
        saleNumber: z.string().nullable(),
        amount: z.string(),
        balanceAfter: z.string(),
        method: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    points: z.array(
      z.object({
        accountNumber: z.string(),
        enteredOn: Day,
        kind: z.string(),
        saleNumber: z.string().nullable(),
        points: z.int(),
        balanceAfter: z.int(),
        expiresOn: Day,
      }),
    ),
    /** Papers of his prescriptions, withdrawn ones too; the files themselves are not in the export. */
    papers: z.array(
      z.object({
        rxNumber: z.string(),
        documentId: Id,
        mediaType: z.string(),
        byteSize: z.int(),
        sha256: z.string(),
        uploadedAt: Instant,
        withdrawnAt: Instant.nullable(),
        withdrawalReason: z.string().nullable(),
      }),
    ),
    /** Decisions on consents, the first first. */
    consents: z.array(
      z.object({
        kind: z.string(),
        decision: z.string(),
        method: z.string(),
        decidedBy: z.string(),
        deciderName: z.string().nullable(),
        note: z.string().nullable(),
        recordedAt: Instant,
      }),
    ),
    /** Alerts raised for him, once for each decision to go on in spite of one. */
    alerts: z.array(
      z.object({
        kind: z.string(),
        severity: z.string(),
        message: z.string(),
        source: z.string(),
        raisedAt: Instant,
        overrideReason: z.string().nullable(),
        overrideNote: z.string().nullable(),
        overriddenAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'PatientExport' });

export const ViewsQuery = z.strictObject({
  /** Answered by the page before: readings older than this one. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a cursor of an earlier page')
    .transform(Number)
    .optional(),
  limit: Paging.limit,
});

export const ViewsPage = z
  .object({
    data: z.array(
      z.object({
        auditLogId: z.int(),
        viewedAt: Instant,
        userId: z.int().nullable(),
        username: z.string().nullable(),
        fullName: z.string().nullable(),
        /** His record, or one of his prescriptions; `id` is its number. */
        what: z.enum(['record', 'prescription']),
        id: Id,
        requestId: z.string().nullable(),
      }),
    ),
    meta: z.object({ limit: z.int(), nextCursor: z.string().nullable() }),
  })
  .meta({ id: 'PatientViewsPage' });
