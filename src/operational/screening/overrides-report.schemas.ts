import { z } from 'zod';

import { DateText, Id } from '../../platform/http/schemas.js';

export const RuleOverrides = z.object({
  /** Code of the rule; the kind of check where there is no rule. */
  rule: z.string(),
  kind: z.string(),
  severity: z.string(),
  raised: z.int(),
  overridden: z.int(),
  remembered: z.int(),
  users: z.int(),
  ratePercent: z.string(),
});

export const UserOverrides = z.object({
  userId: Id,
  userName: z.string(),
  overridden: z.int(),
  contraindicated: z.int(),
  rules: z.int(),
  commonReason: z.string(),
});

export const OverridesQuery = z
  .strictObject({
    from: DateText.optional(),
    to: DateText.optional(),
    by: z.enum(['rule', 'user']).default('rule'),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  });

export const OverridesReport = z
  .object({
    from: z.string(),
    to: z.string(),
    rules: z.array(RuleOverrides),
    users: z.array(UserOverrides),
  })
  .meta({ id: 'OverridesReport' });
