import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';
import { hasCheckDigit } from './trace-batch.domain.js';
import { BATCH_STATUSES, TRACE_FORMATS, TRACE_KINDS } from './trace.types.js';

const Kind = z.enum(TRACE_KINDS);
const State = z.enum(['pending', 'exported', 'accepted']);
const Cursor = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'must be a cursor of an earlier answer')
  .transform(Number)
  .refine(Number.isSafeInteger, 'must be a cursor of an earlier answer');

/** Identity of an event in a path: it may be longer than that of other rows. */
export const PathEventId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'must be a positive whole number')
  .transform(Number)
  .refine(Number.isSafeInteger, 'is too large');

export const EventQuery = z.strictObject({
  state: State.optional(),
  kind: Kind.optional(),
  cursor: Cursor.optional(),
  limit: Paging.limit,
});

export const EventView = z
  .object({
    traceEventId: z.int(),
    kind: Kind,
    packSerialId: Id,
    drugId: Id.nullable(),
    drugName: z.string().nullable(),
    gtin: z.string(),
    serial: z.string(),
    lotNumber: z.string(),
    expiryDate: DateText.nullable(),
    quantity: SignedQuantityText,
    /** Left in the pack after it. */
    remaining: SignedQuantityText,
    gln: z.string(),
    occurredAt: Instant,
    recordedAt: Instant,
    /** Whether the pack was scanned for it. */
    isScanned: z.boolean(),
    correctsEventId: z.int().nullable(),
    correctsKind: Kind.nullable(),
    correctsOccurredAt: Instant.nullable(),
    reason: z.string().nullable(),
    state: State,
    /** The batch it is out with. */
    traceBatchId: Id.nullable(),
    /** True: declared an error since. */
    isCorrected: z.boolean(),
    userName: z.string().nullable(),
  })
  .meta({ id: 'TraceEvent' });

export const EventPage = z
  .object({ data: z.array(EventView), nextCursor: z.string().nullable() })
  .meta({ id: 'TraceEventPage' });

export const CorrectEvent = z.strictObject({ reason: text(500, 3) }).meta({ id: 'CorrectTraceEvent' });

export const BatchQuery = z.strictObject({ ...Paging, status: z.enum(BATCH_STATUSES).optional() });

const batchShape = {
  traceBatchId: Id,
  format: z.enum(['EG', 'US']),
  status: z.enum(BATCH_STATUSES),
  statusReason: z.string().nullable(),
  eventCount: z.int(),
  createdBy: z.string().nullable(),
  createdAt: Instant,
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  version: z.int(),
};

export const BatchPage = pageOf(z.object(batchShape)).meta({ id: 'TraceBatchPage' });

export const BatchView = z
  .object({ ...batchShape, commands: z.array(z.enum(['accept', 'reject'])) })
  .meta({ id: 'TraceBatch' });

export const MakeBatch = z
  .strictObject({
    /** Events that wait on: one that is not in order holds all others back otherwise. */
    leaveOut: z.array(z.int().min(1)).max(1000).default([]),
  })
  .meta({ id: 'MakeTraceBatch' });

export const AcceptBatch = z
  .strictObject({ note: text(500).optional(), version: z.int().min(1) })
  .meta({ id: 'AcceptTraceBatch' });

export const RejectBatch = z
  .strictObject({ reason: text(500, 3), version: z.int().min(1) })
  .meta({ id: 'RejectTraceBatch' });

export const FileQuery = z.strictObject({ format: z.enum(['csv', 'epcis']).default('csv') });

const Gln = z
  .string()
  .regex(/^\d{13}$/, 'must be 13 digits')
  .refine(hasCheckDigit, 'has a wrong check digit');

const policyShape = {
  format: z.enum(TRACE_FORMATS),
  /** Global location number of the branch; needed unless the format is none. */
  gln: Gln.nullable(),
  /** A pack nobody received here is refused at a fill and at the till. */
  demandKnown: z.boolean(),
  /** What lies in packs with serials leaves to a patient only when it was scanned. */
  demandScan: z.boolean(),
  deadlineHours: z.int().min(1).max(720),
  warnHours: z.int().min(1).max(720),
  /** Nothing with a serial is dispensed while an event waits longer than `deadlineHours`. */
  stopWhenLate: z.boolean(),
};

/** `version` is 0 while nobody has said anything. */
export const PolicyView = z.object({ ...policyShape, version: z.int() }).meta({ id: 'TracePolicy' });

export const SavePolicy = z
  .strictObject({ ...policyShape, version: z.int().min(0) })
  .refine(({ format, gln }) => format === 'none' || gln !== null, {
    path: ['gln'],
    message: 'must be given unless the format is none',
  })
  .refine(({ warnHours, deadlineHours }) => warnHours <= deadlineHours, {
    path: ['warnHours'],
    message: 'must not be more than deadlineHours',
  })
  .meta({ id: 'SaveTracePolicy' });

const Hours = z.string().regex(/^-?\d+\.\d$/, 'must be hours such as "36.5"');

export const TraceStatus = z
  .object({
    format: z.enum(TRACE_FORMATS),
    /** in-time, warning (longer than `warnHours`), late (longer than `deadlineHours`). */
    state: z.enum(['in-time', 'warning', 'late']),
    /** Whether nothing with a serial is dispensed now. */
    isStopped: z.boolean(),
    /** Hours since the oldest event that nobody accepted yet. */
    hours: Hours,
    hoursLeft: Hours,
    warnHours: z.int(),
    deadlineHours: z.int(),
    oldest: Instant.nullable(),
    pending: z.int(),
    exported: z.int(),
    /** Packs in quarantine; of these, those whose serial was seen twice. */
    setAside: z.int(),
    seenTwice: z.int(),
  })
  .meta({ id: 'TraceStatus' });

export const DscsaQuery = z
  .strictObject({
    lot: text(60).optional(),
    serial: text(20).optional(),
    gtin: z
      .string()
      .regex(/^\d{14}$/, 'must be 14 digits')
      .optional(),
  })
  .refine(({ lot, serial }) => lot !== undefined || serial !== undefined, {
    path: ['lot'],
    message: 'must be given, or serial must',
  });

/** Transaction information, history as far as it is known here, and what the seller stated. */
export const DscsaStatements = z
  .object({
    data: z.array(
      z.object({
        goodsReceiptItemId: Id,
        drugId: Id,
        productName: z.string(),
        strength: z.string().nullable(),
        dosageForm: z.string().nullable(),
        ndc: z.string().nullable(),
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        quantity: SignedQuantityText,
        containerSize: SignedQuantityText,
        transactionDate: DateText,
        fromName: z.string().nullable(),
        toName: z.string(),
        document: z.string().nullable(),
        /** Word for word as the seller sent it; null: none was entered. */
        statement: z.string().nullable(),
        serials: z.array(z.object({ gtin: z.string(), serial: z.string() })),
      }),
    ),
  })
  .meta({ id: 'DscsaStatements' });
