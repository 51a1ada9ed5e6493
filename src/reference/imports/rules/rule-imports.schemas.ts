import { z } from 'zod';

import { pageOf, Paging, text } from '../../../platform/http/schemas.js';
import { RULE_CHANGES, RULE_KINDS } from '../../clinical/rule-sets/rule-sets.types.js';
import { ReleaseAccounts, releaseFields } from '../imports.schemas.js';

const Count = z.int().min(0);

export const RuleReleaseListQuery = z
  .strictObject({ ...Paging, source: text(40).optional() })
  .meta({ id: 'RuleReleaseListQuery' });

export const RuleChangeListQuery = z
  .strictObject({ ...Paging, change: z.enum(RULE_CHANGES).optional() })
  .meta({ id: 'RuleReleaseChangeListQuery' });

const release = { ...releaseFields, ruleKind: z.enum(RULE_KINDS) };

export const RuleReleasePage = pageOf(z.object(release)).meta({ id: 'RuleReleasePage' });

export const RuleReleaseView = z
  .object({
    ...release,
    ...ReleaseAccounts,
    summary: z.object({
      repeated: Count,
      severities: z.record(z.string(), Count),
      ignored: z.array(z.string()).optional(),
      readSeconds: z.number().optional(),
      applySeconds: z.number().optional(),
      revert: z
        .object({ restored: Count, ended: Count, kept: Count, keptCodes: z.array(z.string()) })
        .optional(),
    }),
  })
  .meta({ id: 'RuleRelease' });

export const RuleChangePage = pageOf(
  z.object({
    change: z.enum(RULE_CHANGES),
    code: z.string(),
    label: z.string(),
    severityBefore: z.string().nullable(),
    severityAfter: z.string().nullable(),
    fields: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
    file: z.string().nullable(),
    line: z.int().nullable(),
  }),
).meta({ id: 'RuleReleaseChangePage' });

const Firings = z.object({ screenings: Count, patients: Count, stops: Count });

/** What a staged release would have fired; null: it changes more rules than can be judged. */
export const RuleReleasePreview = z
  .object({
    preview: z
      .object({
        months: Count,
        judged: Count,
        isComplete: z.boolean(),
        before: Firings.nullable(),
        after: Firings,
        examples: z.array(z.string()),
      })
      .nullable(),
  })
  .meta({ id: 'RuleReleasePreview' });
