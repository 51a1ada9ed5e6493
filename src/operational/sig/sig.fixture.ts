import fc from 'fast-check';

import { emptyStep, hasTiming } from './sig-steps.domain.js';
import { DOSE_UNITS } from './sig-units.types.js';
import { ADVICE, MEALS, METHODS, REASONS, ROUTES, SITES, TIMES, WEEKDAYS } from './sig-words.types.js';
import type { Sig, SigDose, SigDuration, SigFrequency, SigMaximum, SigMeal, SigStep } from './sig.types.js';

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] =>
  Object.keys(table) as Key[];

/** Some of a vocabulary, in its order, without repeats. */
const some = <Key extends string>(table: Readonly<Record<Key, unknown>>): fc.Arbitrary<Key[]> =>
  fc.subarray(keysOf(table), { maxLength: 3 });

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { freq: 2 });

const thousandths = fc.integer({ min: 1, max: 50_000 });
const decimal = (value: number): string => String(value / 1000);

const dose: fc.Arbitrary<SigDose> = fc
  .record({ low: thousandths, more: maybe(thousandths), unit: fc.constantFrom(...DOSE_UNITS) })
  .map(({ low, more, unit }) => ({
    min: decimal(low),
    max: more === null ? null : decimal(low + more),
    unit,
  }));

const count = (most: number) =>
  fc
    .record({ low: fc.integer({ min: 1, max: most }), more: maybe(fc.integer({ min: 1, max: most })) })
    .map(({ low, more }) => ({ min: low, max: more === null ? null : low + more }));

const frequency: fc.Arbitrary<SigFrequency> = fc.oneof(
  fc.boolean().map((now) => ({ kind: 'once' as const, now })),
  fc
    .tuple(fc.constantFrom('daily' as const, 'weekly' as const), count(12))
    .map(([kind, range]) => ({ kind, ...range })),
  fc
    .tuple(
      fc.constantFrom('minute' as const, 'hour' as const, 'day' as const, 'week' as const, 'month' as const),
      count(72),
    )
    .filter(([unit, { min, max }]) => min > 1 || max !== null || (unit !== 'day' && unit !== 'week'))
    .map(([unit, range]) => ({ kind: 'every' as const, unit, ...range })),
);

const meal: fc.Arbitrary<SigMeal> = fc.oneof(
  fc
    .constantFrom('between' as const, 'empty' as const)
    .map((relation) => ({ relation, meals: [], minutes: null })),
  some(MEALS).map((meals) => ({ relation: 'with' as const, meals, minutes: null })),
  fc.record({
    relation: fc.constantFrom('before' as const, 'after' as const),
    meals: some(MEALS),
    minutes: maybe(fc.integer({ min: 1, max: 360 })),
  }),
);

const duration: fc.Arbitrary<SigDuration> = fc
  .tuple(count(180), fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'dose' as const))
  .map(([range, unit]) => ({ ...range, unit }));

const maximum: fc.Arbitrary<SigMaximum> = fc.record({
  amount: thousandths.map(decimal),
  unit: fc.oneof(fc.constantFrom(null, 'doses' as const), fc.constantFrom(...DOSE_UNITS)),
});

const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

/** Text in the form words are kept in: no quotation marks, single spaces, no signs that are written another way. */
const freeText = fc
  .oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('يؤخذ مع الماء', 'not 5mg/5ml'),
  )
  .map((text) =>
    text
      .replace(/["“”„½¼¾⅛⅜⅝⅞]/g, '')
      .split(/\s+/u)
      .filter((word) => word !== '')
      .join(' '),
  )
  .filter((text) => text !== '');

const step: fc.Arbitrary<SigStep> = fc.record({
  link: fc.constantFrom('then' as const, 'and' as const),
  method: maybe(fc.constantFrom(...keysOf(METHODS))),
  dose: maybe(dose),
  route: maybe(fc.constantFrom(...keysOf(ROUTES))),
  sites: some(SITES),
  frequency: maybe(frequency),
  times: some(TIMES),
  clock: fc.uniqueArray(clockTime, { maxLength: 3 }).map((times) => [...times].sort()),
  weekdays: some(WEEKDAYS),
  meal: maybe(meal),
  asNeeded: fc.boolean(),
  reasons: some(REASONS),
  duration: maybe(duration),
  maximum: maybe(maximum),
  advice: some(ADVICE),
  texts: fc.array(freeText, { maxLength: 2 }),
});

const isSaid = (one: SigStep): boolean =>
  JSON.stringify({ ...one, link: 'then' }) !== JSON.stringify(emptyStep('then'));

/** Every structure there is, within the length that is read. */
export const anySig: fc.Arbitrary<Sig> = fc
  .array(step.filter(isSaid), { minLength: 1, maxLength: 3 })
  .map(([first, ...more]) => ({ steps: first ? [{ ...first, link: 'then' as const }, ...more] : [] }));

/** Structures with something to give and a time for it. */
export const computable: fc.Arbitrary<SigStep> = step
  .map((one) => ({ ...one, link: 'then' as const, texts: [], maximum: null }))
  .filter((one) => one.dose !== null && hasTiming(one) && one.frequency?.kind !== 'once');
