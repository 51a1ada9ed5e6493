import {
  ceiling,
  decimalUp,
  floor,
  isMore,
  over,
  plus,
  ratio,
  ratioOf,
  smaller,
  times,
  type Ratio,
} from './ratio.domain.js';
import { UNITS, type DoseUnit } from './sig-units.types.js';
import { SITES } from './sig-words.types.js';
import type { Sig, SigDose, SigDuration, SigFrequency, SigStep } from './sig.types.js';

/**
 * Named assumptions. A drop is a twentieth of a millilitre, the customary counting of pharmacies (eye droppers give 20 to
 * 30 drops a millilitre); a month is 30 days. A bottle whose label says otherwise says so in `MedicineUnits`.
 */
const DROPS_PER_ML = 20;
const DAYS_IN_MONTH = 30;
const SPOONS = new Map<DoseUnit, number>([
  ['teaspoon', 5],
  ['tablespoon', 15],
]);
const MASSES = new Map<DoseUnit, number>([
  ['mcg', 1],
  ['mg', 1000],
  ['g', 1_000_000],
]);

/** What the medicine is counted in, and what one of that holds. */
export interface MedicineUnits {
  /** Base unit of the catalogue: tablet, ml, piece, … */
  readonly baseUnit: string;
  /** How much of other units one base unit holds: 500 mg in a tablet, 200 puffs in an inhaler, 100 units in a ml. */
  readonly holds?: readonly { readonly unit: string; readonly amount: string }[];
}

/** Why an amount was not computed. */
export type NotComputed = 'nothing' | 'dose' | 'frequency' | 'duration' | 'unit' | 'text';

/** Doses in 24 hours, exactly. */
export interface DailyDoses {
  readonly min: Ratio;
  readonly max: Ratio;
}

export interface SigAmounts {
  /** Doses in 24 hours where the direction is one step; decimals of at most 4 places, rounded up. */
  readonly perDay: { readonly min: string; readonly max: string } | null;
  /** Days the whole direction lasts: the longest reading. */
  readonly days: number | null;
  /** What the course needs, in the dose's unit, and in base units; the highest reading, never rounded down. */
  readonly quantity: {
    readonly amount: string;
    readonly unit: DoseUnit;
    readonly baseUnits: string | null;
  } | null;
  readonly notComputed: NotComputed | null;
}

const MINUTES = { minute: 1, hour: 60, day: 1440, week: 10_080, month: 1440 * DAYS_IN_MONTH } as const;
const both = (value: Ratio): DailyDoses => ({ min: value, max: value });

function byFrequency(value: SigFrequency): DailyDoses | undefined {
  switch (value.kind) {
    case 'once':
      return undefined;
    case 'daily':
      return { min: ratio(value.min), max: ratio(value.max ?? value.min) };
    case 'weekly':
      return { min: ratio(value.min, 7), max: ratio(value.max ?? value.min, 7) };
    case 'every':
      return {
        min: ratio(1440, (value.max ?? value.min) * MINUTES[value.unit]),
        max: ratio(1440, value.min * MINUTES[value.unit]),
      };
  }
}

/** "Every 2 weeks on Monday": the days are in the frequency already, and a weekday says which of them. */
const namesItsDays = (frequency: SigFrequency | null): boolean =>
  frequency?.kind === 'weekly' ||
  (frequency?.kind === 'every' && frequency.unit !== 'hour' && frequency.unit !== 'minute');

/** Doses in 24 hours of a step: as it says, or one at each time, clock time or meal it names; on named days only. */
export function dosesPerDay(step: SigStep): DailyDoses | undefined {
  const moments = step.times.length + step.clock.length || (step.meal?.meals.length ?? 0);
  const stated = step.frequency && byFrequency(step.frequency);
  if (step.frequency?.kind === 'once') return undefined;
  const daily =
    stated ?? (moments > 0 ? both(ratio(moments)) : step.weekdays.length > 0 ? both(ratio(1)) : undefined);
  if (!daily || step.weekdays.length === 0 || namesItsDays(step.frequency)) return daily;
  const share = ratio(step.weekdays.length, 7);
  return { min: times(daily.min, share), max: times(daily.max, share) };
}

const daysOf = ({ min, max, unit }: SigDuration): number | undefined => {
  if (unit === 'dose') return undefined;
  return (max ?? min) * (unit === 'day' ? 1 : unit === 'week' ? 7 : DAYS_IN_MONTH);
};

/** A dose goes to each side of a pair. */
const sidesOf = (step: SigStep): number =>
  Math.max(
    1,
    step.sites.reduce((sum, site) => sum + SITES[site].sides, 0),
  );

const highest = (dose: SigDose): Ratio => ratioOf(dose.max ?? dose.min);

interface StepNeed {
  readonly amount: Ratio;
  readonly days: number;
}

/** What one step needs; `span` is the duration of the steps beside it, where it has none itself. */
function needOf(step: SigStep, span: SigDuration | null): StepNeed | NotComputed {
  const { dose } = step;
  if (dose === null) return 'dose';
  const each = times(highest(dose), ratio(sidesOf(step)));
  if (step.frequency?.kind === 'once') return { amount: each, days: 1 };
  const daily = dosesPerDay(step);
  const duration = step.duration ?? span;
  if (duration?.unit === 'dose') {
    const doses = ratio(duration.max ?? duration.min);
    return { amount: times(each, doses), days: daily ? Number(ceiling(over(doses, daily.max))) : 1 };
  }
  if (!daily) return 'frequency';
  const days = duration && daysOf(duration);
  if (days === null || days === undefined) return 'duration';
  const full = times(each, ratio(ceiling(times(daily.max, ratio(days)))));
  const cap = step.maximum && dailyCap(step, dose);
  return { amount: cap ? smaller(full, times(cap, ratio(days))) : full, days };
}

/** The most in 24 hours, in the dose's unit; undefined where it is told in another one. */
function dailyCap(step: SigStep, dose: SigDose): Ratio | undefined {
  if (!step.maximum) return undefined;
  const { amount, unit } = step.maximum;
  if (unit === 'doses') return times(ratioOf(amount), times(highest(dose), ratio(sidesOf(step))));
  const factor = unit === null || unit === dose.unit ? ratio(1) : between(unit, dose.unit);
  return factor && times(ratioOf(amount), factor);
}

/** Doses in 24 hours, never more of the highest dose than the stated maximum allows. */
function cappedDoses(step: SigStep): DailyDoses | undefined {
  const daily = dosesPerDay(step);
  const cap = step.dose && dailyCap(step, step.dose);
  if (!daily || !step.dose || !cap) return daily;
  const most = over(cap, times(highest(step.dose), ratio(sidesOf(step))));
  return { min: smaller(daily.min, most), max: smaller(daily.max, most) };
}

/** How many of `to` one `from` is, where both measure the same whatever the medicine. */
function between(from: DoseUnit, to: DoseUnit): Ratio | undefined {
  if (from === to) return ratio(1);
  const [a, b] = [MASSES.get(from), MASSES.get(to)];
  if (a !== undefined && b !== undefined) return ratio(a, b);
  const spoon = SPOONS.get(from);
  if (to === 'ml' && spoon !== undefined) return ratio(spoon);
  if (to === 'ml' && from === 'drop') return ratio(1, DROPS_PER_ML);
  return undefined;
}

/** The unit a word of the catalogue means. */
export const unitOfWord = (word: string): DoseUnit | undefined => {
  const lower = word.trim().toLowerCase();
  if (lower === 'iu') return 'unit';
  return (Object.keys(UNITS) as DoseUnit[]).find(
    (unit) => unit === lower || UNITS[unit].words.some((spelling) => spelling === lower),
  );
};

/** Base units in one of `unit`; undefined when the medicine does not tell. */
export function baseUnitsIn(unit: DoseUnit, medicine: MedicineUnits): Ratio | undefined {
  const base = unitOfWord(medicine.baseUnit);
  const direct = base && between(unit, base);
  if (direct) return direct;
  if (medicine.baseUnit === 'dose' && (unit === 'puff' || unit === 'spray')) return ratio(1);
  for (const held of medicine.holds ?? []) {
    const heldUnit = unitOfWord(held.unit);
    const factor = heldUnit && between(unit, heldUnit);
    if (factor) return over(factor, ratioOf(held.amount));
  }
  return undefined;
}

const isNeed = (need: StepNeed | NotComputed): need is StepNeed => typeof need !== 'string';

/** Steps that stand beside each other share the duration one of them states. */
function groupsOf(sig: Sig): SigStep[][] {
  const groups: SigStep[][] = [];
  for (const step of sig.steps) {
    const last = groups.at(-1);
    if (step.link === 'and' && last) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function courseOf(sig: Sig): StepNeed | NotComputed {
  let amount = ratio(0);
  let days = 0;
  for (const group of groupsOf(sig)) {
    const span = group.find((step) => step.duration !== null)?.duration ?? null;
    const needs = group.map((step) => needOf(step, span));
    const missing = needs.find((need) => !isNeed(need));
    if (missing !== undefined && !isNeed(missing)) return missing;
    const known = needs.filter(isNeed);
    amount = known.reduce((sum, need) => plus(sum, need.amount), amount);
    days += Math.max(...known.map((need) => need.days));
  }
  return { amount, days };
}

/**
 * Quantity and days of a direction, exactly: the highest dose, as often as may be, for as long as may be, never above
 * the stated maximum. Nothing is computed where words were left as text: they may change it.
 */
export function amountsOf(sig: Sig, medicine?: MedicineUnits): SigAmounts {
  const [first, ...more] = sig.steps;
  const daily = first && more.length === 0 ? cappedDoses(first) : undefined;
  const perDay = daily ? { min: decimalUp(daily.min, 4), max: decimalUp(daily.max, 4) } : null;
  const none = (notComputed: NotComputed): SigAmounts => ({
    perDay,
    days: null,
    quantity: null,
    notComputed,
  });
  if (!first) return none('nothing');
  if (sig.steps.some((step) => step.texts.length > 0)) return none('text');
  const units = new Set(sig.steps.flatMap((step) => (step.dose ? [step.dose.unit] : [])));
  const [unit] = units;
  const need = courseOf(sig);
  if (!isNeed(need)) return none(need);
  if (units.size > 1 || unit === undefined) return { ...none('unit'), days: need.days };
  const factor = medicine && baseUnitsIn(unit, medicine);
  const baseUnits = factor ? decimalUp(times(need.amount, factor), 3) : null;
  return {
    perDay,
    days: need.days,
    quantity: { amount: decimalUp(need.amount, 3), unit, baseUnits },
    notComputed: medicine && !factor ? 'unit' : null,
  };
}

/**
 * Whole days a quantity of base units lasts at the highest reading, rounded down; null when that cannot be told, less
 * than a day, or the direction has several steps.
 */
export function daysOfQuantity(sig: Sig, quantity: string, medicine: MedicineUnits): number | null {
  const [step, ...more] = sig.steps;
  if (!step?.dose || more.length > 0 || step.texts.length > 0) return null;
  const daily = dosesPerDay(step);
  const factor = baseUnitsIn(step.dose.unit, medicine);
  if (!daily || !factor) return null;
  const each = times(highest(step.dose), ratio(sidesOf(step)));
  const stated = times(each, daily.max);
  const cap = dailyCap(step, step.dose);
  const perDay = times(cap ? smaller(stated, cap) : stated, factor);
  if (!isMore(perDay, ratio(0))) return null;
  const days = floor(over(ratioOf(quantity), perDay));
  return days >= 1n && days <= 3660n ? Number(days) : null;
}

/** A single dose and how often it is taken in 24 hours, as screening judges it. */
export interface SingleDose {
  readonly amount: string;
  readonly unit: string;
  readonly frequencyPerDay: string;
}

/** The unit a dose is judged in: spoons in millilitres, what is counted by its name. */
const judgedUnit = (unit: DoseUnit): string => (SPOONS.has(unit) ? 'ml' : unit === 'unit' ? 'iu' : unit);

/** The highest dose and rate of a direction of one step that is understood in full, rounded up; null where there is none. */
export function singleDoseOf(sig: Sig): SingleDose | null {
  const [step, ...more] = sig.steps;
  if (!step?.dose || more.length > 0 || step.texts.length > 0) return null;
  const daily = cappedDoses(step);
  if (!daily) return null;
  const amount = times(highest(step.dose), ratio(SPOONS.get(step.dose.unit) ?? 1));
  return {
    amount: decimalUp(amount, 3),
    unit: judgedUnit(step.dose.unit),
    frequencyPerDay: decimalUp(daily.max, 2),
  };
}
