import { z } from 'zod';

import { Instant } from '../../platform/http/schemas.js';

export const VerifyQuery = z.strictObject({
  /** Seal to begin with; left out: as late as a request may begin to reach the last one. */
  from: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'must be the number of a seal')
    .transform(Number)
    .optional(),
});

const FindingKinds = z.enum([
  'row-changed',
  'row-deleted',
  'row-inserted',
  'seal-changed',
  'seal-forged',
  'seal-missing',
  'seal-replaced',
  'tail-cut',
  'removal-forged',
  'redaction-forged',
  'other-chain',
  'anchor-forged',
  'file-cut',
]);

export type FindingKind = z.output<typeof FindingKinds>;

const Head = z.object({ sealNo: z.int(), lastId: z.int(), hash: z.string(), sealedAt: Instant });

const Waiting = z.object({
  rows: z.int(),
  /** There are more rows than were counted. */
  isMore: z.boolean(),
  oldestAt: Instant.nullable(),
});

export const AuditChain = z
  .object({
    isSealing: z.boolean(),
    head: Head.nullable(),
    waiting: Waiting,
    /** Seconds the oldest row has waited for its seal; 0: none waits. */
    lagSeconds: z.number(),
    lastAnchor: z.object({ number: z.int(), at: Instant, sealNo: z.int() }).nullable(),
  })
  .meta({ id: 'AuditChain' });

export const AuditVerification = z
  .object({
    ok: z.boolean(),
    chainId: z.string().nullable(),
    head: Head.nullable(),
    /** What was looked at, and nothing else. */
    checked: z.object({
      fromSeal: z.int().nullable(),
      toSeal: z.int().nullable(),
      seals: z.int(),
      rows: z.int(),
      anchors: z.int(),
    }),
    removedRows: z.int(),
    redactedRows: z.int(),
    waiting: Waiting,
    findings: z.array(
      z.object({
        kind: FindingKinds,
        sealNo: z.int().nullable(),
        auditLogId: z.int().nullable(),
        lastAuditLogId: z.int().nullable(),
        detail: z.string(),
      }),
    ),
    findingsCount: z.int(),
    notes: z.array(z.string()),
    /** Seal to go on with; null: this was the rest. */
    nextSeal: z.int().nullable(),
  })
  .meta({ id: 'AuditVerification' });
