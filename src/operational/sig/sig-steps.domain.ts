import type { Atom } from './sig-lexicon.domain.js';
import { ADVICE, MEALS, REASONS, SITES, TIMES, WEEKDAYS } from './sig-words.types.js';
import type { SigMeal, SigStep } from './sig.types.js';

/** Most steps of one direction; what follows stays as text. */
export const MOST_STEPS = 12;
/** Most clock times of a step. */
const MOST_CLOCK = 12;

export const emptyStep = (link: SigStep['link']): SigStep => ({
  link,
  method: null,
  dose: null,
  route: null,
  sites: [],
  frequency: null,
  times: [],
  clock: [],
  weekdays: [],
  meal: null,
  asNeeded: false,
  reasons: [],
  duration: null,
  maximum: null,
  advice: [],
  texts: [],
});

/** True when the step says when: a dose that follows begins another one. */
export const hasTiming = (step: SigStep): boolean =>
  step.frequency !== null ||
  step.times.length > 0 ||
  step.clock.length > 0 ||
  step.weekdays.length > 0 ||
  step.meal !== null;

export const isEmpty = (step: SigStep): boolean =>
  JSON.stringify({ ...step, link: 'then' }) === JSON.stringify(emptyStep('then'));

/** The list with one more, without repeats, in the order of its vocabulary. */
function joined<Value extends string>(table: Readonly<Record<Value, unknown>>, ...values: Value[]): Value[] {
  const order = Object.keys(table);
  return [...new Set(values)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** The value where nothing or the same was said before; undefined when it contradicts. */
function sole<Value>(before: Value | null, value: Value): Value | undefined {
  return before === null || JSON.stringify(before) === JSON.stringify(value) ? value : undefined;
}

function joinedMeal(before: SigMeal | null, meal: SigMeal): SigMeal | undefined {
  if (before === null) return meal;
  if (before.relation !== meal.relation || (meal.minutes !== null && meal.minutes !== before.minutes))
    return undefined;
  if ((before.meals.length === 0) !== (meal.meals.length === 0)) return undefined;
  return { ...before, meals: joined(MEALS, ...before.meals, ...meal.meals) };
}

/** The step with what was said added; undefined when it contradicts what the step says already. */
export function withAtom(step: SigStep, atom: Atom): SigStep | undefined {
  switch (atom.kind) {
    case 'filler':
    case 'step':
      return step;
    case 'asNeeded':
      return { ...step, asNeeded: true };
    case 'site':
      return { ...step, sites: joined(SITES, ...step.sites, atom.value) };
    case 'time':
      return { ...step, times: joined(TIMES, ...step.times, atom.value) };
    case 'clock':
      return step.clock.length < MOST_CLOCK
        ? { ...step, clock: [...new Set([...step.clock, atom.value])].sort() }
        : undefined;
    case 'weekday':
      return { ...step, weekdays: joined(WEEKDAYS, ...step.weekdays, atom.value) };
    case 'reason':
      return { ...step, reasons: joined(REASONS, ...step.reasons, atom.value) };
    case 'advice':
      return { ...step, advice: joined(ADVICE, ...step.advice, atom.value) };
    case 'meal': {
      const meal = joinedMeal(step.meal, atom.value);
      return meal && { ...step, meal };
    }
    case 'method':
    case 'dose':
    case 'route':
    case 'frequency':
    case 'duration':
    case 'maximum': {
      const value = sole<unknown>(step[atom.kind], atom.value);
      return value === undefined ? undefined : { ...step, [atom.kind]: atom.value };
    }
  }
}
