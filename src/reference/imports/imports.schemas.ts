import { z } from 'zod';

import { Id, Instant, pageOf, Paging, text } from '../../platform/http/schemas.js';
import { RULE_KINDS } from '../clinical/rule-sets/rule-sets.types.js';
import { CHANGE_KINDS } from './imports.types.js';

const Count = z.int().min(0);
const Decimal = z.string();

export const ReleaseListQuery = z
  .strictObject({ ...Paging, source: text(40).optional() })
  .meta({ id: 'ReleaseListQuery' });

export const RejectListQuery = z.strictObject(Paging).meta({ id: 'RejectListQuery' });

export const ChangeListQuery = z
  .strictObject({ ...Paging, kind: z.enum(CHANGE_KINDS).optional() })
  .meta({ id: 'ReleaseChangeListQuery' });

export const ApplyRelease = z
  .strictObject({ discontinueMany: z.boolean().optional() })
  .meta({ id: 'ApplyRelease' });

export const RevertRelease = z.strictObject({ force: z.boolean().optional() }).meta({ id: 'RevertRelease' });

const Status = z.enum([
  'reading',
  'staged',
  'applying',
  'applied',
  'reverting',
  'reverted',
  'failed',
  'dropped',
]);

/** What every release is shown with. */
export const releaseFields = {
  releaseId: Id,
  ruleKind: z.enum(RULE_KINDS).nullable(),
  source: z.string(),
  title: z.string().nullable(),
  status: Status,
  fileName: z.string().nullable(),
  fileSha256: z.string().nullable(),
  rowsRead: Count,
  rowsInserted: Count,
  rowsUpdated: Count,
  rowsUnchanged: Count,
  rowsRejected: Count,
  rowsDiscontinued: Count,
  createdAt: Instant,
  createdBy: Id.nullable(),
  comparedAt: Instant.nullable(),
  stagedUntil: Instant.nullable(),
  appliedAt: Instant.nullable(),
  appliedBy: Id.nullable(),
  revertedAt: Instant.nullable(),
  revertedBy: Id.nullable(),
  failure: z.string().nullable(),
  isRevertible: z.boolean(),
};

const RejectedRowView = z.object({
  file: z.string(),
  line: z.int(),
  column: z.string().nullable(),
  reason: z.string(),
  value: z.string(),
});

const Gravity = z.object({ contraindicated: Count, major: Count });

const Impact = z.object({
  changedDrugs: Count,
  takenDrugs: Count,
  patients: Count,
  gain: Gravity,
  lose: Gravity,
  alerts: z.array(
    z.object({
      change: z.enum(['gain', 'lose']),
      severity: z.enum(['contraindicated', 'major']),
      kind: z.string(),
      message: z.string(),
      patients: Count,
    }),
  ),
  isPartial: z.boolean(),
});

const Summary = z.object({
  composition: z.object({ linked: Count, partial: Count, unlinked: Count, none: Count }).optional(),
  newIngredients: Count.optional(),
  kinds: z.partialRecord(z.enum(CHANGE_KINDS), Count).optional(),
  ignored: z.array(z.string()).optional(),
  readSeconds: z.number().optional(),
  applySeconds: z.number().optional(),
  revert: z
    .object({
      restored: Count,
      deleted: Count,
      discontinued: Count,
      discontinuedIds: z.array(Id),
      kept: Count,
      keptIds: z.array(Id),
    })
    .optional(),
});

/** The accounts of a release: its files, what was refused, how far it is. */
export const ReleaseAccounts = {
  files: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      bytes: Count,
      sha256: z.string(),
      rowsRead: Count,
      rowsApplied: Count,
      rowsRejected: Count,
    }),
  ),
  rejects: z.array(
    z.object({
      column: z.string().nullable(),
      reason: z.string(),
      count: Count,
      first: z.array(RejectedRowView),
    }),
  ),
  progress: z
    .object({
      phase: z.enum(['reading', 'comparing', 'applying', 'finishing', 'reverting']),
      rows: Count,
      bytesRead: Count,
      bytesTotal: Count,
      rowsPerSecond: Count,
      updatedAt: Instant,
    })
    .nullable(),
};

export const ReleasePage = pageOf(z.object(releaseFields)).meta({ id: 'ReleasePage' });

export const ReleaseReportView = z
  .object({
    ...releaseFields,
    ...ReleaseAccounts,
    summary: Summary,
    impact: Impact.nullable(),
  })
  .meta({ id: 'ReleaseReport' });

export const ReleaseStarted = z.object({ releaseId: Id }).meta({ id: 'ReleaseStarted' });

export const RejectPage = pageOf(RejectedRowView).meta({ id: 'ReleaseRejectPage' });

export const ChangePage = pageOf(
  z.object({
    kinds: z.array(z.enum(CHANGE_KINDS)),
    drugId: Id.nullable(),
    sourceId: z.string().nullable(),
    name: z.string(),
    priceBefore: Decimal.nullable(),
    priceAfter: Decimal.nullable(),
    pricePercent: Decimal.nullable(),
    fields: z.record(z.string(), z.tuple([z.string().nullable(), z.string().nullable()])),
    file: z.string().nullable(),
    line: z.int().nullable(),
  }),
).meta({ id: 'ReleaseChangePage' });

export const SourceList = z
  .object({
    data: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        licence: z.string(),
        files: z.array(
          z.object({ role: z.string(), title: z.string(), isRequired: z.boolean(), allowsMany: z.boolean() }),
        ),
      }),
    ),
  })
  .meta({ id: 'ImportSourceList' });
