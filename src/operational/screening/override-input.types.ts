import { z } from 'zod';

import { Id, Instant, text } from '../../platform/http/schemas.js';
import { ALL_OVERRIDE_REASONS } from './override.types.js';

/** What a command may say in spite of alerts. */
const list = z
  .array(z.strictObject({ alertId: Id, reason: z.enum(ALL_OVERRIDE_REASONS), note: text(500, 0) }))
  .max(100);
export const overrides = list.default([]);
/** The same for a command that seldom says any. */
export const optionalOverrides = list.optional();

/** Token of POST /auth/step-up: an override of a contraindicated finding needs the password again. */
export const stepUp = text(200).optional();

const Subject = z.object({
  kind: z.enum(['drug', 'ingredient', 'group', 'allergy', 'condition', 'patient']),
  id: z.int().nullable(),
  name: z.string(),
});

/** A kept alert, which an override can name. */
export const alertFields = {
  alertId: Id,
  kind: z.string(),
  severity: z.enum(['contraindicated', 'major', 'moderate', 'minor']),
  subjects: z.array(Subject),
  message: z.string(),
  management: z.string(),
  source: z.string(),
  ruleCode: z.string().nullable(),
  ruleId: z.int().nullable(),
  ruleVersion: z.int().nullable(),
  stops: z.boolean(),
  /** When the finding was first made. */
  raisedAt: Instant,
};

export const notChecked = z.object({ rule: z.string(), reason: z.string(), subjects: z.array(Subject) });

/** A decision remembered: the override it was first given as, by whom, when and why. */
export const RememberedView = z.object({
  overrideId: Id,
  alertId: Id,
  reason: z.enum(ALL_OVERRIDE_REASONS),
  note: z.string(),
  overriddenBy: z.string().nullable(),
  overriddenAt: Instant,
});

/** The same with the alert that was not asked about again. */
export const RememberedAlertView = RememberedView.extend({
  kind: alertFields.kind,
  severity: alertFields.severity,
  subjects: alertFields.subjects,
  message: alertFields.message,
});
