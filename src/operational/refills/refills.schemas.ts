import { z } from 'zod';

import { DateText, Id, Paging } from '../../platform/http/schemas.js';

const days = (max: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number of days')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`)
    .default(otherwise);

const CURSOR = /^(\d{4}-\d{2}-\d{2})\.([1-9]\d{0,8})$/;
const Day = z.string().meta({ format: 'date' });

export const RefillsDueQuery = z.strictObject({
  /** Running out within so many days. */
  withinDays: days(90, 7),
  /** Or having run out at most so many days ago. */
  overdueDays: days(365, 30),
  /** Answered by the page before. */
  cursor: z
    .string()
    .regex(CURSOR, 'must be a cursor of an earlier page')
    .transform((value) => {
      const [, dueOn = '', id = ''] = CURSOR.exec(value) ?? [];
      return { dueOn, prescriptionId: Number(id) };
    })
    .refine(({ dueOn }) => DateText.safeParse(dueOn).success, 'must be a cursor of an earlier page')
    .optional(),
  limit: Paging.limit,
});

export const RefillsDuePage = z
  .object({
    data: z.array(
      z.object({
        prescriptionId: Id,
        rxNumber: z.string(),
        patientId: Id,
        patientName: z.string(),
        patientNameAr: z.string().nullable(),
        /** What was last decided about being reminded; null: nobody asked. */
        reminders: z.enum(['given', 'withdrawn']).nullable(),
        /** To remind with; null without a consent to reminders. */
        phone: z.string().nullable(),
        language: z.enum(['ar', 'en']),
        drugId: Id,
        drugName: z.string(),
        drugNameAr: z.string().nullable(),
        strength: z.string().nullable(),
        lastDispensedOn: Day,
        /** First day without the medicine. */
        dueOn: Day,
        /** Days until then; negative: it has run out. */
        daysLeft: z.int(),
        refillsRemaining: z.int(),
        quantityOwed: z.string(),
        expiresOn: Day,
      }),
    ),
    meta: z.object({ limit: z.int(), nextCursor: z.string().nullable() }),
  })
  .meta({ id: 'RefillsDuePage' });

export const AdherenceQuery = z.strictObject({
  /** Days looked back, today included. */
  days: days(730, 180).refine((value) => value >= 1, 'must be at least 1'),
});

export const AdherenceView = z
  .object({
    from: Day,
    to: Day,
    products: z.array(
      z.object({
        drugId: Id,
        drugName: z.string(),
        drugNameAr: z.string().nullable(),
        strength: z.string().nullable(),
        /** Days looked at, from the first supply. */
        days: z.int(),
        daysCovered: z.int(),
        /** Proportion of days covered, whole percent, rounded down. */
        percent: z.int().nullable(),
        gaps: z.array(z.object({ from: Day, to: Day, days: z.int() })),
        /** First day without the medicine. */
        runsOutOn: Day,
      }),
    ),
    /** One day for all refills, and the days each product is supplied once to last until then; null: none is proposed. */
    commonRefill: z.object({ on: Day, bridges: z.array(z.object({ drugId: Id, days: z.int() })) }).nullable(),
  })
  .meta({ id: 'PatientAdherence' });
