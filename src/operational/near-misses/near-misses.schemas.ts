import { z } from 'zod';

import { DateText, Id, Instant, Paging, QueryId, text } from '../../platform/http/schemas.js';
import { NEAR_MISS_CAUSES, NEAR_MISS_KINDS, NEAR_MISS_STAGES } from './near-misses.types.js';

const Kind = z.enum(NEAR_MISS_KINDS);
const Stage = z.enum(NEAR_MISS_STAGES);
const Source = z.enum(['scan', 'pick_up', 'report']);

const isInOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean =>
  from === undefined || to === undefined || from <= to;
const ORDER = { path: ['to'], message: 'must not be before from' };

export const NearMissQuery = z
  .strictObject({
    kind: Kind.optional(),
    stage: Stage.optional(),
    from: DateText.optional(),
    to: DateText.optional(),
    cursor: QueryId.optional(),
    limit: Paging.limit,
  })
  .refine(isInOrder, ORDER);

export const NearMissView = z
  .object({
    nearMissId: Id,
    kind: Kind,
    stage: Stage,
    source: Source,
    expectedDrugId: Id.nullable(),
    expectedDrugName: z.string().nullable(),
    foundDrugId: Id.nullable(),
    foundDrugName: z.string().nullable(),
    expectedLot: z.string().nullable(),
    foundLot: z.string().nullable(),
    cause: z.enum(NEAR_MISS_CAUSES).nullable(),
    description: z.string().nullable(),
    /** Null unless the branch keeps names. */
    fillId: Id.nullable(),
    userName: z.string().nullable(),
    /** The hour alone unless the branch keeps names. */
    occurredAt: Instant,
  })
  .meta({ id: 'NearMiss' });

export const NearMissPage = z
  .object({ data: z.array(NearMissView), nextCursor: Id.nullable() })
  .meta({ id: 'NearMissPage' });

export const ReportNearMiss = z
  .strictObject({
    kind: Kind,
    stage: Stage,
    expectedDrugId: Id.optional(),
    foundDrugId: Id.optional(),
    cause: z.enum(NEAR_MISS_CAUSES).optional(),
    /** What happened, in words; kind and stage alone are a report, so that one takes three keys. */
    description: text(2000).optional(),
  })
  .meta({ id: 'ReportNearMiss' });

export const NearMissReported = z.object({ nearMissId: Id }).meta({ id: 'NearMissReported' });

export const NearMissReportQuery = z
  .strictObject({
    from: DateText.optional(),
    to: DateText.optional(),
    by: z.enum(['kind', 'pair', 'hour']).default('kind'),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(isInOrder, ORDER);

export const NearMissReport = z
  .object({
    from: z.string(),
    to: z.string(),
    total: z.int(),
    kinds: z.array(z.object({ kind: Kind, stage: Stage, source: Source, count: z.int() })),
    pairs: z.array(
      z.object({
        expectedDrugId: Id,
        expectedDrugName: z.string(),
        foundDrugId: Id,
        foundDrugName: z.string(),
        count: z.int(),
      }),
    ),
    hours: z.array(z.object({ hour: z.int(), count: z.int() })),
    /** By calendar month of the branch and kind, the oldest first. */
    months: z.array(z.object({ month: z.string(), kind: Kind, count: z.int() })),
    /** Scans that matched in the same time, and those bypassed by reason. */
    scans: z.array(z.object({ result: z.string(), count: z.int() })),
  })
  .meta({ id: 'NearMissReport' });
