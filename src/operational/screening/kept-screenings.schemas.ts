import { z } from 'zod';

import { Id, Instant } from '../../platform/http/schemas.js';
import { ALL_OVERRIDE_REASONS } from './override.types.js';
import { AlertFields, NotCheckedView } from './screening.schemas.js';

const Override = z.object({
  reason: z.enum(ALL_OVERRIDE_REASONS),
  note: z.string(),
  overriddenBy: z.string().nullable(),
  overriddenAt: Instant,
  isRemembered: z.boolean(),
});

/** A verdict that was kept, given again by the rules of its day. */
const replayedFields = {
  prescriptionId: Id,
  screeningId: z.int(),
  screenedAt: Instant,
  screenedBy: z.string().nullable(),
  releaseId: z.int().nullable(),
  /** Version of the engine that judged then, and of the one that replayed. */
  engine: z.int(),
  replayEngine: z.int(),
  rules: z.array(z.object({ id: z.int(), code: z.string(), version: z.int() })),
  notChecked: z.array(NotCheckedView),
  contentSha256: z.string(),
  verdictSha256: z.string(),
  /** Hash of what was stored and of the verdict given again: equal to the one of the day when nothing was altered. */
  replayContentSha256: z.string(),
  replayVerdictSha256: z.string(),
  matches: z.boolean(),
};

/** The verdict a fill was let through by, and what answered its alerts. */
export const FillScreening = z
  .object({
    fillId: Id,
    purpose: z.enum(['fill', 'verify', 'dispense']),
    ...replayedFields,
    alerts: z.array(z.object({ ...AlertFields, overrides: z.array(Override) })),
    earlier: z.array(
      z.object({ screeningId: z.int(), purpose: z.string(), screenedAt: Instant, verdictSha256: z.string() }),
    ),
  })
  .meta({ id: 'FillScreening' });

/** The verdict that was shown when a prescription was entered. It let nothing happen, so nothing answers its alerts. */
export const EntryScreening = z
  .object({
    purpose: z.literal('entry'),
    ...replayedFields,
    alerts: z.array(z.object(AlertFields)),
  })
  .meta({ id: 'PrescriptionScreening' });
