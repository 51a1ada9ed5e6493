import { z } from 'zod';

import { Id, QuantityText, text } from '../../platform/http/schemas.js';
import { DOSE_UNITS } from './sig-units.types.js';
import { ADVICE, MEALS, METHODS, REASONS, ROUTES, SITES, TIMES, WEEKDAYS } from './sig-words.types.js';

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);

/** The same bound as a prescription's directions. */
export const SigText = text(500);

export const ParseSig = z
  .strictObject({ sig: SigText, drugId: Id.optional(), quantity: QuantityText.optional() })
  .meta({ id: 'ParseSig' });

const Unit = z.enum(DOSE_UNITS as [(typeof DOSE_UNITS)[number], ...typeof DOSE_UNITS]);
const range = { min: z.int(), max: z.int().nullable() };

const Step = z
  .object({
    link: z.enum(['then', 'and']),
    method: keysOf(METHODS).nullable(),
    dose: z.object({ min: z.string(), max: z.string().nullable(), unit: Unit }).nullable(),
    route: keysOf(ROUTES).nullable(),
    sites: z.array(keysOf(SITES)),
    frequency: z
      .union([
        z.object({ kind: z.enum(['daily', 'weekly']), ...range }),
        z.object({
          kind: z.literal('every'),
          ...range,
          unit: z.enum(['minute', 'hour', 'day', 'week', 'month']),
        }),
        z.object({ kind: z.literal('once'), now: z.boolean() }),
      ])
      .nullable(),
    times: z.array(keysOf(TIMES)),
    clock: z.array(z.string()),
    weekdays: z.array(keysOf(WEEKDAYS)),
    meal: z
      .object({
        relation: z.enum(['before', 'after', 'with', 'between', 'empty']),
        meals: z.array(keysOf(MEALS)),
        minutes: z.int().nullable(),
      })
      .nullable(),
    asNeeded: z.boolean(),
    reasons: z.array(keysOf(REASONS)),
    duration: z.object({ ...range, unit: z.enum(['day', 'week', 'month', 'dose']) }).nullable(),
    maximum: z
      .object({ amount: z.string(), unit: z.union([Unit, z.literal('doses')]).nullable() })
      .nullable(),
    advice: z.array(keysOf(ADVICE)),
    texts: z.array(z.string()),
  })
  .meta({ id: 'SigStep' });

export const SigReading = z
  .object({
    /** The safe shorthand of what was read. */
    shorthand: z.string(),
    english: z.string(),
    /** With Unicode isolates around figures and foreign words. */
    arabic: z.string(),
    steps: z.array(Step),
    /** Words that were not understood; they stay in the text. */
    unread: z.array(z.string()),
    /** Dangerous spellings; `readAs` is null where the word has two meanings and was not read. */
    warnings: z.array(z.object({ found: z.string(), readAs: z.string().nullable(), instead: z.string() })),
    perDay: z.object({ min: z.string(), max: z.string() }).nullable(),
    /** Single dose and doses in 24 hours, as a prescription keeps them. */
    dose: z.object({ amount: z.string(), unit: z.string(), frequencyPerDay: z.string() }).nullable(),
    days: z.int().nullable(),
    quantity: z.object({ amount: z.string(), unit: Unit, baseUnits: z.string().nullable() }).nullable(),
    /** Days the quantity asked about lasts, rounded down. */
    daysOfQuantity: z.int().nullable(),
    notComputed: z.enum(['nothing', 'dose', 'frequency', 'duration', 'unit', 'text']).nullable(),
  })
  .meta({ id: 'SigReading' });
