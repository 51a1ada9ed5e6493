import { z } from 'zod';

import { Instant, QueryId, text } from '../../platform/http/schemas.js';

const InstantQuery = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && !Number.isNaN(Date.parse(value)),
    'must be a date or instant',
  );

const Action = z.enum(['insert', 'update', 'delete', 'read', 'refused']);

export const AuditLogQuery = z.strictObject({
  table: z
    .string()
    .regex(/^[a-z_]{1,60}$/, 'must be a table name')
    .optional(),
  key: text(100).optional(),
  userId: QueryId.optional(),
  /** Name of the user, whole. */
  username: z
    .string()
    .regex(/^[a-z0-9._-]{1,60}$/, 'must be a user name')
    .optional(),
  action: Action.optional(),
  from: InstantQuery.optional(),
  to: InstantQuery.optional(),
  /** Answered by the page before: rows older than this one. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a cursor of an earlier page')
    .transform(Number)
    .optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be 1 to 100')
    .transform(Number)
    .refine((value) => value <= 100, 'must be at most 100')
    .default(50),
});

const AuditLogRow = z.object({
  auditLogId: z.int(),
  occurredAt: Instant,
  userId: z.int().nullable(),
  username: z.string().nullable(),
  dbUser: z.string(),
  branchId: z.int().nullable(),
  requestId: z.string().nullable(),
  txId: z.string(),
  table: z.string(),
  key: z.string(),
  action: Action,
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

export const AuditLogPage = z
  .object({
    data: z.array(AuditLogRow),
    meta: z.object({ limit: z.int(), nextCursor: z.string().nullable() }),
  })
  .meta({ id: 'AuditLogPage' });

export type AuditLogPage = z.output<typeof AuditLogPage>;
