import { isRouteTold, methodOf, plainText, saysSomething } from './sig-method.domain.js';
import { UNITS, type DoseUnit } from './sig-units.types.js';
import { ADVICE, MEALS, METHODS, REASONS, ROUTES, SITES, TIMES, WEEKDAYS } from './sig-words.types.js';
import type { Sig, SigDose, SigDuration, SigFrequency, SigMaximum, SigMeal, SigStep } from './sig.types.js';

const list = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;

const range = (min: number | string, max: number | string | null): string =>
  max === null ? String(min) : `${min} to ${max}`;

const counted = (count: number, one: string, max: number | null = null): string =>
  `${range(count, max)} ${one}${count === 1 && max === null ? '' : 's'}`;

const FRACTIONS = new Map([
  ['0.5', 'half a'],
  ['0.25', 'a quarter of a'],
  ['0.75', 'three quarters of a'],
]);
const MEASURES: ReadonlySet<DoseUnit> = new Set(['ml', 'mg', 'mcg', 'g', 'meq', 'cm', 'unit']);

/** An amount in English words. */
export function englishAmount({ min, max, unit }: SigDose): string {
  const [one, many] = UNITS[unit].en;
  const fraction = max === null && !MEASURES.has(unit) ? FRACTIONS.get(min) : undefined;
  if (fraction !== undefined)
    return `${/^[aeiou]/.test(one) ? fraction.replace(/ a$/, ' an') : fraction} ${one}`;
  return `${range(min, max)} ${max === null && Number(min) <= 1 ? one : many}`;
}

const DAILY = new Map([
  [1, 'once daily'],
  [2, 'twice daily'],
]);

function frequency(value: SigFrequency): string {
  switch (value.kind) {
    case 'once':
      return value.now ? 'now, as a single dose' : 'once';
    case 'daily':
      return (
        (value.max === null ? DAILY.get(value.min) : undefined) ??
        `${range(value.min, value.max)} times daily`
      );
    case 'weekly':
      if (value.max === null && value.min < 3) return value.min === 1 ? 'once a week' : 'twice a week';
      return `${range(value.min, value.max)} times a week`;
    case 'every':
      if (value.max === null && value.min === 1) return `every ${value.unit}`;
      if (value.max === null && value.min === 2 && value.unit === 'day') return 'every other day';
      return `every ${counted(value.min, value.unit, value.max)}`;
  }
}

function meal({ relation, meals, minutes }: SigMeal): string {
  if (relation === 'between') return 'between meals';
  if (relation === 'empty') return 'on an empty stomach';
  const distance = minutes === null ? '' : `${counted(minutes, 'minute')} `;
  const what =
    meals.length === 0 ? (relation === 'with' ? 'food' : 'meals') : list(meals.map((one) => MEALS[one].en));
  return `${distance}${relation} ${what}`;
}

const duration = ({ min, max, unit }: SigDuration): string => `for ${counted(min, unit, max)}`;

function maximum({ amount: most, unit }: SigMaximum, dose: SigDose | null): string {
  const of = unit ?? dose?.unit ?? 'doses';
  const what =
    of === 'doses'
      ? `${most} ${most === '1' ? 'dose' : 'doses'}`
      : englishAmount({ min: most, max: null, unit: of });
  return `No more than ${what} in 24 hours.`;
}

function need(step: SigStep): string | null {
  const reasons = list(
    step.reasons.map((reason) => REASONS[reason].en),
    'or',
  );
  if (!step.asNeeded) return reasons === '' ? null : `for ${reasons}`;
  return reasons === '' ? 'as needed' : `as needed for ${reasons}`;
}

function sentence(step: SigStep, isFirst: boolean): string {
  const verb: string = METHODS[methodOf(step)].en;
  const opening = isFirst ? verb : `${step.link === 'and' ? 'Also' : 'Then'} ${verb.toLowerCase()}`;
  const when = [
    ...step.times.map((time) => TIMES[time].en),
    ...(step.clock.length > 0 ? [`at ${list(step.clock)}`] : []),
  ];
  const parts = [
    step.dose && englishAmount(step.dose),
    step.route && !isRouteTold(step) ? ROUTES[step.route].en : null,
    step.sites.length > 0 ? list(step.sites.map((site) => SITES[site].en)) : null,
    step.frequency && frequency(step.frequency),
    step.weekdays.length > 0 ? `on ${list(step.weekdays.map((day) => WEEKDAYS[day].en))}` : null,
    when.length > 0 ? list(when) : null,
    step.meal && meal(step.meal),
    need(step),
    step.duration && duration(step.duration),
  ].filter((part) => part !== null);
  return `${[opening, ...parts].join(' ')}.`;
}

function stepText(step: SigStep, isFirst: boolean): string {
  return [
    saysSomething(step) ? sentence(step, isFirst) : null,
    step.maximum && maximum(step.maximum, step.dose),
    ...step.advice.map((advice) => `${ADVICE[advice].en}.`),
    ...step.texts.map(plainText),
  ]
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

/** Directions in plain English. What was not understood stands at the end of its step, as it was written. */
export const toEnglish = (sig: Sig): string =>
  sig.steps.map((step, index) => stepText(step, index === 0)).join(' ');
