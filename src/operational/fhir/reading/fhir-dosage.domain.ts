import { own } from '../../../platform/text/own.js';
import type { Strength } from '../../../reference/coding/coding.types.js';
import type { Intake } from './reading.types.js';
import {
  ceiling,
  decimalText,
  exactOf,
  isMore,
  over,
  smaller,
  times,
  whole,
  type Exact,
} from './exact.domain.js';
import { plainText, UCUM } from './fhir-codes.domain.js';
import type { FhirDosage, FhirMedicationUse, FhirQuantity } from './fhir.types.js';

/** Doses a day that a timing code stands for (HL7 v3 TimingEvent and GTSAbbreviation), as numerator and days. */
const TIMING_CODES: Readonly<Record<string, readonly [times: number, days: number]>> = {
  QD: [1, 1],
  AM: [1, 1],
  PM: [1, 1],
  BED: [1, 1],
  HS: [1, 1],
  BID: [2, 1],
  TID: [3, 1],
  QID: [4, 1],
  QOD: [1, 2],
  Q1H: [24, 1],
  Q2H: [12, 1],
  Q3H: [8, 1],
  Q4H: [6, 1],
  Q6H: [4, 1],
  Q8H: [3, 1],
  Q12H: [2, 1],
  WK: [1, 7],
  MO: [1, 30],
};

/** UCUM periods, in days as a fraction. */
const DAYS: Readonly<Record<string, readonly [numerator: bigint, denominator: bigint]>> = {
  s: [1n, 86_400n],
  min: [1n, 1440n],
  h: [1n, 24n],
  d: [1n, 1n],
  wk: [7n, 1n],
  mo: [30n, 1n],
  a: [365n, 1n],
  day: [1n, 1n],
  days: [1n, 1n],
  week: [7n, 1n],
  weeks: [7n, 1n],
  month: [30n, 1n],
  months: [30n, 1n],
};

/** UCUM and HL7 codes of units in the words of screening; others go on as they are. */
const UNITS: Readonly<Record<string, string>> = {
  ug: 'mcg',
  '[iU]': 'iu',
  '[IU]': 'iu',
  U: 'iu',
  mL: 'ml',
  ML: 'ml',
  L: 'l',
  '[drp]': 'drop',
  drop: 'drop',
  TAB: 'tablet',
  TABLET: 'tablet',
  tbl: 'tablet',
  CAP: 'capsule',
  CAPSULE: 'capsule',
  PUFF: 'puff',
  SUPP: 'suppository',
  PATCH: 'patch',
};

/** Things that are counted: a strength without a denominator is the content of one. */
const COUNTED = new Set(
  'tablet tablets tab tabs capsule capsules cap caps piece sachet suppository ampoule vial puff patch lozenge pessary dose'.split(
    ' ',
  ),
);

/** Longest course screening takes, in days. */
const MOST_DAYS = 3660;
const LONGEST_UNIT = 30;

export interface Dose {
  readonly amount: Exact;
  readonly unit: string;
}

interface Step {
  readonly sequence: number | undefined;
  readonly dose: Dose | undefined;
  readonly perDay: Exact | undefined;
  readonly days: number | undefined;
}

/** A quantity with its unit in the words of screening; undefined where it has no readable value. */
export function doseOf(quantity: FhirQuantity | undefined): Dose | undefined {
  const amount = exactOf(quantity?.value);
  if (!quantity || !amount) return undefined;
  const { code, system } = quantity;
  // A code of another system ("TAB" of HL7) is only used when we know it; the unit is what people read.
  const coded = code !== undefined && (system === UCUM || own(UNITS, code) !== undefined) ? code : undefined;
  const stated = (coded ?? quantity.unit ?? code ?? '').replace(/^\{(.+)\}$/, '$1');
  const unit = plainText(own(UNITS, stated) ?? stated, LONGEST_UNIT).toLowerCase();
  return unit === '' || unit === '1' ? undefined : { amount, unit };
}

/** The unit of a quantity as a length of time, in days; undefined where it is none. */
const periodOf = (quantity: FhirQuantity | undefined) =>
  own(DAYS, quantity?.code ?? '') ?? own(DAYS, quantity?.unit ?? '');

export function durationDays(quantity: FhirQuantity | undefined): number | undefined {
  const value = exactOf(quantity?.value);
  const length = periodOf(quantity);
  if (!value || !length) return undefined;
  const days = ceiling(times(value, { numerator: length[0], denominator: length[1] }));
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}

function periodDays(start: string | undefined, end: string | undefined): number | undefined {
  const [from, to] = [start, end].map((day) => Date.parse(day?.slice(0, 10) ?? ''));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const days = Math.round((to - from) / 86_400_000) + 1;
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}

/** Doses in 24 hours, at most: where a range is given ("every 4 to 6 hours") the shorter interval counts. */
function frequencyOf({ timing }: FhirDosage): Exact | undefined {
  const repeat = timing?.repeat;
  const code = timing?.code?.coding?.find((coding) => own(TIMING_CODES, coding.code ?? ''))?.code;
  const coded = own(TIMING_CODES, code ?? '');
  const unit = repeat?.periodUnit ?? repeat?.periodUnits;
  const length = own(DAYS, unit ?? '');
  const often = exactOf(repeat?.frequencyMax ?? repeat?.frequency ?? (length ? 1 : undefined));
  if (repeat && often && length) {
    const period = times(exactOf(repeat.period ?? 1) ?? whole(0), {
      numerator: length[0],
      denominator: length[1],
    });
    return over(often, period);
  }
  if (coded) return over(whole(coded[0]), whole(coded[1]));
  const moments = (repeat?.timeOfDay ?? repeat?.when ?? []).length;
  return moments > 0 ? whole(moments) : undefined;
}

/** "At most 8 tablets a day" as doses a day, where it is stated in the unit of the dose. */
function cappedFrequency(dosage: FhirDosage, dose: Dose | undefined): Exact | undefined {
  const stated = frequencyOf(dosage);
  const most = doseOf(dosage.maxDosePerPeriod?.numerator);
  const period = dosage.maxDosePerPeriod?.denominator;
  const length = periodOf(period);
  const value = exactOf(period?.value);
  if (!dose || !most || !length || !value || most.unit !== dose.unit) return stated;
  const perDay = over(most.amount, times(value, { numerator: length[0], denominator: length[1] }));
  const cap = perDay && over(perDay, dose.amount);
  if (!cap) return stated;
  return stated ? smaller(stated, cap) : cap;
}

function stepOf(dosage: FhirDosage, fallbackDays: number | undefined): Step {
  const rates = dosage.doseAndRate === undefined ? [] : [dosage.doseAndRate].flat();
  const doses = [...rates, dosage].flatMap(({ doseQuantity, doseRange }) => [
    doseOf(doseQuantity),
    doseOf(doseRange?.high ?? doseRange?.low),
  ]);
  const dose = doses.find((candidate) => candidate !== undefined);
  const bounds = dosage.timing?.repeat;
  return {
    sequence: dosage.sequence,
    dose,
    perDay: cappedFrequency(dosage, dose),
    days:
      durationDays(bounds?.boundsDuration) ??
      durationDays(bounds?.boundsRange?.high) ??
      periodDays(bounds?.boundsPeriod?.start, bounds?.boundsPeriod?.end) ??
      fallbackDays,
  };
}

const dailyOf = ({ dose, perDay }: Step): Exact | undefined => dose && perDay && times(dose.amount, perDay);

/**
 * Steps of different sequence numbers come one after the other (a dose tapered off): the one with the largest daily dose
 * stands for all, and where they cannot be compared none does. Steps of one number are taken together.
 */
function concurrent(steps: readonly Step[]): readonly Step[] {
  const sequences = new Set(
    steps.map(({ sequence }) => sequence).filter((sequence) => sequence !== undefined),
  );
  if (sequences.size < 2) return steps;
  const dayCounts = steps.map(({ days }) => days);
  const total = dayCounts.every((days) => days !== undefined)
    ? dayCounts.reduce((sum, days) => sum + days, 0)
    : undefined;
  const days = total !== undefined && total <= MOST_DAYS ? total : undefined;
  const units = new Set(steps.map(({ dose }) => dose?.unit));
  let largest: Step | undefined;
  if (units.size === 1)
    for (const step of steps) {
      const [daily, most] = [dailyOf(step), largest && dailyOf(largest)];
      if (!daily) return [{ sequence: undefined, dose: undefined, perDay: undefined, days }];
      if (!most || isMore(daily, most)) largest = step;
    }
  return [{ sequence: undefined, dose: largest?.dose, perDay: largest?.perDay, days }];
}

/** A dose per kilogram, for a patient of known weight, as the dose itself. */
function forWeight(dose: Dose, weightKg: string | null | undefined): Dose {
  const weight = exactOf(weightKg ?? undefined);
  const unit = /^(.+)\/kg$/.exec(dose.unit)?.[1];
  return unit === undefined || !weight ? dose : { amount: times(dose.amount, weight), unit };
}

function intakeOf({ dose, perDay, days }: Step, weightKg: string | null | undefined): Intake {
  const given = dose && forWeight(dose, weightKg);
  const amount = given && decimalText(given.amount);
  const frequency = perDay && decimalText(perDay);
  return {
    ...(amount === undefined ? {} : { dose: amount, unit: given?.unit }),
    // Screening takes less than 100 doses a day; an infusion pump is none of its business.
    ...(frequency === undefined || !/^\d{1,2}(?:\.|$)/.test(frequency) ? {} : { frequencyPerDay: frequency }),
    ...(days === undefined ? {} : { days }),
  };
}

/** The ways a medicine is taken, as far as its directions can be read; at least one, which may say nothing. */
export function readIntakes(use: FhirMedicationUse, weightKg: string | null | undefined): Intake[] {
  const supply = durationDays(use.dispenseRequest?.expectedSupplyDuration) ?? durationDays(use.daysSupply);
  const dosages = use.dosageInstruction ?? use.dosage ?? [];
  const steps = concurrent(dosages.map((dosage) => stepOf(dosage, supply)));
  if (steps.length === 0) return [supply === undefined ? {} : { days: supply }];
  return steps.map((step) => intakeOf(step, weightKg));
}

/** The strength a Medication resource states for an ingredient ("250 mg in 5 mL", "500 mg in 1 tablet"). */
export function strengthOf(
  numerator: FhirQuantity | undefined,
  denominator: FhirQuantity | undefined,
): Strength | null {
  const content = doseOf(numerator);
  const amount = content && decimalText(content.amount);
  if (!content || amount === undefined) return null;
  const per = doseOf(denominator);
  const perAmount = per && decimalText(per.amount);
  if (!per || perAmount === undefined) return { amount, unit: content.unit, perAmount: null, perUnit: null };
  if (COUNTED.has(per.unit) && perAmount === '1')
    return { amount, unit: content.unit, perAmount: null, perUnit: null };
  return { amount, unit: content.unit, perAmount, perUnit: per.unit };
}

/**
 * An intake of a medicine as an intake of one of its ingredients. Tablets and millilitres go through the strength;
 * milligrams are the ingredient's own where it is the only one. What cannot be told is left out, and screening says so.
 */
export function ofIngredient(intake: Intake, strength: Strength | null, isOnly: boolean): Intake {
  const { dose, unit, ...rest } = intake;
  const amount = exactOf(dose);
  if (!amount || unit === undefined) return rest;
  const content = exactOf(strength?.amount);
  if (strength && content) {
    const per = strength.perAmount === null ? undefined : exactOf(strength.perAmount);
    const isThroughCount = strength.perUnit === null && COUNTED.has(unit);
    const isThroughDenominator = per !== undefined && strength.perUnit === unit;
    const share = isThroughCount ? amount : isThroughDenominator ? over(amount, per) : undefined;
    const given = share && decimalText(times(share, content));
    if (given !== undefined) return { ...rest, dose: given, unit: strength.unit };
  }
  return isOnly ? intake : rest;
}
