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

/** The verdict a fill was let through by, given again by the rules of its day. */
export const FillScreening = z
  .object({
    fillId: Id,
    prescriptionId: Id,
    screeningId: z.int(),
    purpose: z.enum(['fill', 'verify', 'dispense', 'sale']),
    screenedAt: Instant,
    screenedBy: z.string().nullable(),
    releaseId: z.int().nullable(),
    /** Version of the engine that judged then, and of the one that replayed. */
    engine: z.int(),
    replayEngine: z.int(),
    rules: z.array(z.object({ id: z.int(), code: z.string(), version: z.int() })),
    alerts: z.array(z.object({ ...AlertFields, overrides: z.array(Override) })),
    notChecked: z.array(NotCheckedView),
    contentSha256: z.string(),
    verdictSha256: z.string(),
    /** Hash of what was stored and of the verdict given again: equal to the one of the day when nothing was altered. */
    replayContentSha256: z.string(),
    replayVerdictSha256: z.string(),
    matches: z.boolean(),
    earlier: z.array(
      z.object({ screeningId: z.int(), purpose: z.string(), screenedAt: Instant, verdictSha256: z.string() }),
    ),
  })
  .meta({ id: 'FillScreening' });
