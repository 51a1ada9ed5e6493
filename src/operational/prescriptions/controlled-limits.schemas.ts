import { z } from 'zod';

import { Id, Instant, pageOf, Paging, QuantityText, text } from '../../platform/http/schemas.js';
import { SCHEDULES } from './controlled-rules.domain.js';

/** What the limits of its schedule say of a prescription now. */
export const ControlledStanding = z
  .object({
    schedule: z.enum(SCHEDULES),
    /** What the person may still have, in days of supply or base units; null: no cap, or none that can be judged. */
    room: z.union([z.object({ daysSupply: z.int() }), z.object({ quantity: z.string() })]).nullable(),
    /** True: one more whole fill would be more than that. */
    exceedsCap: z.boolean(),
    capSource: z.string(),
    /** True: a part that leaves a rest says why. */
    needsPartialReason: z.boolean(),
    /** Whether the rest that is owed may be given now; null: none is owed, or it may as long as it is valid. */
    rest: z.enum(['allowed', 'refused']).nullable(),
    /** Until when, as an instant or a day; null: not at all. */
    restUntil: z.string().nullable(),
    restSource: z.string(),
  })
  .meta({ id: 'ControlledStanding' });

export const MaximaQuery = z.strictObject(Paging);

/** Where a cap may be counted in maxima. */
export const CapPlace = z.enum(['EG', 'US']);

export const ControlledMaximum = z
  .object({
    jurisdiction: CapPlace,
    drugId: Id,
    drugName: z.string(),
    /** Base units that one prescription may hold. */
    quantity: z.string(),
    baseUnit: z.string(),
    source: z.string(),
    setBy: z.string(),
    setAt: Instant,
  })
  .meta({ id: 'ControlledMaximum' });
export const ControlledMaximumPage = pageOf(ControlledMaximum).meta({ id: 'ControlledMaximumPage' });

export const SetControlledMaximum = z
  .strictObject({ jurisdiction: CapPlace, drugId: Id, quantity: QuantityText, source: text(300, 3) })
  .meta({ id: 'SetControlledMaximum' });
