import { UNITS } from './sig-units.types.js';
import { ADVICE, MEALS, METHODS, REASONS, ROUTES, SITES, TIMES, WEEKDAYS } from './sig-words.types.js';
import type { Sig, SigDose, SigDuration, SigFrequency, SigMaximum, SigMeal, SigStep } from './sig.types.js';

/** "2", "1-2". */
const range = (min: number | string, max: number | string | null): string =>
  max === null ? String(min) : `${min}-${max}`;

const DAILY = new Map([
  [1, 'daily'],
  [2, 'bid'],
  [3, 'tid'],
  [4, 'qid'],
]);
const INTERVALS = { minute: 'min', hour: 'h', day: 'd', week: 'w', month: 'mo' } as const;

const dose = ({ min, max, unit }: SigDose): string => `${range(min, max)} ${UNITS[unit].words[0]}`;

function frequency(value: SigFrequency): string {
  switch (value.kind) {
    case 'once':
      return value.now ? 'stat' : 'once';
    case 'every':
      return `q${range(value.min, value.max)}${INTERVALS[value.unit]}`;
    case 'weekly':
      return value.max === null && value.min === 1 ? 'weekly' : `${range(value.min, value.max)}x/week`;
    case 'daily':
      return (value.max === null ? DAILY.get(value.min) : undefined) ?? `${range(value.min, value.max)}x/day`;
  }
}

function meal({ relation, meals, minutes }: SigMeal): string {
  const distance = minutes === null ? '' : `${minutes} min `;
  if (relation === 'between') return 'between meals';
  if (relation === 'empty') return 'empty stomach';
  if (meals.length === 0) return relation === 'with' ? 'with food' : `${distance}${relation} meals`;
  return meals.map((one) => `${distance}${relation} ${MEALS[one].words[0]}`).join(' ');
}

const duration = ({ min, max, unit }: SigDuration): string =>
  `for ${range(min, max)} ${unit}${max === null && min === 1 ? '' : 's'}`;

function maximum({ amount, unit }: SigMaximum): string {
  const of = unit === null ? '' : unit === 'doses' ? ' doses' : ` ${UNITS[unit].words[0]}`;
  return `max ${amount}${of}/day`;
}

function stepText(step: SigStep): string {
  return [
    step.method && METHODS[step.method].words[0],
    step.dose && dose(step.dose),
    step.route && ROUTES[step.route].words[0],
    ...step.sites.map((site) => SITES[site].words[0]),
    step.frequency && frequency(step.frequency),
    ...step.weekdays.map((day) => WEEKDAYS[day].words[0]),
    ...step.times.map((time) => TIMES[time].words[0]),
    ...step.clock,
    step.meal && meal(step.meal),
    step.asNeeded ? 'prn' : null,
    ...step.reasons.map((reason) => `for ${REASONS[reason].words[0]}`),
    step.duration && duration(step.duration),
    step.maximum && maximum(step.maximum),
    ...step.advice.map((advice) => ADVICE[advice].words[0]),
    ...step.texts.map((text) => `"${text}"`),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

/** The one shorthand of a structure, free of dangerous abbreviations. Reading it gives the same structure. */
export function toShorthand(sig: Sig): string {
  return sig.steps
    .map((step, index) => `${index === 0 ? '' : step.link === 'and' ? ' also ' : ' then '}${stepText(step)}`)
    .join('');
}
