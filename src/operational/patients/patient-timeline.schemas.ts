import { z } from 'zod';

import { Id, Instant, Paging } from '../../platform/http/schemas.js';

const CURSOR = /^(\d{1,17})\.([a-z]{1,20})\.(\d{1,9})$/;

export const TimelineQuery = z.strictObject({
  /** Answered by the page before: what happened earlier. */
  cursor: z
    .string()
    .regex(CURSOR, 'must be a cursor of an earlier page')
    .transform((value) => {
      const [, micros = '', kind = '', id = ''] = CURSOR.exec(value) ?? [];
      return { micros, kind, id: Number(id) };
    })
    .optional(),
  limit: Paging.limit,
});

export const TimelinePage = z
  .object({
    data: z.array(
      z.object({
        at: Instant,
        kind: z.enum([
          'prescription',
          'fill',
          'counselling',
          'claim',
          'sale',
          'return',
          'void',
          'override',
          'allergy',
          'condition',
        ]),
        /** Number of the entry among its kind. */
        id: Id,
        /** Name of the product, substance, condition or payer, text of the alert, or number of the sale. */
        title: z.string(),
        /** State it is in now, outcome, reason of the override, or what was sold. */
        detail: z.string().nullable(),
        prescriptionId: Id.nullable(),
      }),
    ),
    meta: z.object({ limit: z.int(), nextCursor: z.string().nullable() }),
  })
  .meta({ id: 'PatientTimelinePage' });
