import { ageInMonths } from '../../platform/time/local-date.js';
import type { ScreenedPatient } from './clinical.types.js';
import { exact, isMore, isWithin } from './dose-amount.domain.js';

/** Unit a laboratory reports serum creatinine in. */
export const CREATININE_UNITS = ['umol/L', 'mg/dL'] as const;
export type CreatinineUnit = (typeof CREATININE_UNITS)[number];

/** µmol/L in one mg/dL, as the equations are published with (molar mass 113.12 g/mol, rounded). */
const MICROMOLES_PER_MG_DL = 88.4;
const TENTHS_PER_MG_DL = 884n;

/**
 * What serum creatinine can be, µmol/L. Narrow enough that a figure typed in the other unit is refused: 1.2 is no µmol/L, 88 no mg/dL.
 */
const PLAUSIBLE = { from: '10', below: '3000' } as const;

const YEAR_MONTHS = 12;
/** The equation was made from people of 18 and older. */
const ADULT_MONTHS = 18 * YEAR_MONTHS;

/**
 * Kidneys whose creatinine is not steady, or is washed out: acute kidney failure (also after birth or a procedure) and dialysis.
 * No equation tells renal function from creatinine then.
 */
const UNSTEADY_ICD10 = /^(?:N17|N990|O904|Z992|Z49)/;

/** Why renal function is not computed from a creatinine that is on record. */
export type NotComputed = 'age' | 'sex' | 'child' | 'pregnant' | 'unsteady' | 'implausible';

/** An estimate from creatinine, or why there is none; undefined where no creatinine is known. */
export type Estimate =
  { readonly egfr: string; readonly measuredOn: string } | { readonly notComputed: NotComputed } | undefined;

/** Renal function to judge by, mL/min/1.73 m²: measured or computed, whichever is of the later day. */
export interface RenalFunction {
  readonly egfr: string | null;
  /** Day it is of; null: not stated, which is taken for today. */
  readonly recordedOn: string | null;
  readonly basis: 'measured' | 'computed' | null;
  /** Set where a creatinine as new as what is judged by, or newer, gave nothing. */
  readonly notComputed: NotComputed | null;
}

/** True for a creatinine, µmol/L, that can be one of a person. */
export const isPlausibleCreatinine = (micromoles: string): boolean =>
  isWithin(micromoles, PLAUSIBLE.from, PLAUSIBLE.below);

/**
 * A creatinine in µmol/L, rounded half up to hundredths as it is kept. `value` is a decimal string in `unit`; throws RangeError for
 * anything else.
 */
export function inMicromoles(value: string, unit: CreatinineUnit): string {
  const { numerator, denominator } = exact(value);
  const tenths = unit === 'mg/dL' ? numerator * TENTHS_PER_MG_DL : numerator * 10n;
  const hundredths = (2n * tenths * 10n + denominator) / (2n * denominator);
  const fraction = (hundredths % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return `${hundredths / 100n}${fraction ? `.${fraction}` : ''}`;
}

/**
 * Glomerular filtration rate of an adult by the creatinine equation CKD-EPI 2021, which knows no race: mL/min/1.73 m². `age` in whole
 * years. Inker LA et al., N Engl J Med 2021; 385:1737–1749.
 */
export function ckdEpi2021(creatinineUmolL: number, age: number, sex: 'male' | 'female'): number {
  const [kappa, alpha, factor] = sex === 'female' ? [0.7, -0.241, 1.012] : [0.9, -0.302, 1];
  const ratio = creatinineUmolL / MICROMOLES_PER_MG_DL / kappa;
  return 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * factor;
}

/**
 * Creatinine clearance of an adult, mL/min, not per body surface: what the labels of many medicines give doses by. `weightKg` as weighed.
 * Cockcroft DW, Gault MH, Nephron 1976; 16:31–41.
 */
export function cockcroftGault(
  creatinineUmolL: number,
  age: number,
  weightKg: number,
  sex: 'male' | 'female',
): number {
  const clearance = ((140 - age) * weightKg) / (72 * (creatinineUmolL / MICROMOLES_PER_MG_DL));
  return Math.max(0, sex === 'female' ? clearance * 0.85 : clearance);
}

type Person = Pick<
  ScreenedPatient,
  | 'birthDate'
  | 'sex'
  | 'weightKg'
  | 'egfr'
  | 'egfrRecordedOn'
  | 'creatinineUmolL'
  | 'creatinineRecordedOn'
  | 'pregnant'
> & { readonly conditions: ScreenedPatient['conditions'] };

/** The figures an equation takes, as of the day creatinine was measured; or why it takes none. */
interface Figures {
  readonly creatinine: number;
  readonly age: number;
  readonly sex: 'male' | 'female';
  readonly measuredOn: string;
}

function figuresOf(today: string, person: Person): Figures | { notComputed: NotComputed } | undefined {
  const { creatinineUmolL, birthDate, sex } = person;
  if (creatinineUmolL === null || creatinineUmolL === undefined) return undefined;
  const measuredOn = person.creatinineRecordedOn ?? today;
  if (!isPlausibleCreatinine(creatinineUmolL)) return { notComputed: 'implausible' };
  if (person.conditions.some(({ icd10 }) => icd10 !== null && UNSTEADY_ICD10.test(icd10.replace('.', ''))))
    return { notComputed: 'unsteady' };
  if (person.pregnant === true) return { notComputed: 'pregnant' };
  if (!birthDate || birthDate > measuredOn) return { notComputed: 'age' };
  const months = ageInMonths(birthDate, measuredOn);
  if (months < ADULT_MONTHS) return { notComputed: 'child' };
  if (sex !== 'male' && sex !== 'female') return { notComputed: 'sex' };
  return {
    creatinine: Number.parseFloat(creatinineUmolL),
    age: Math.floor(months / YEAR_MONTHS),
    sex,
    measuredOn,
  };
}

/** The filtration rate by CKD-EPI 2021 with one decimal, of the age on the day creatinine was measured. */
export function estimate(today: string, person: Person): Estimate {
  const figures = figuresOf(today, person);
  if (figures === undefined || 'notComputed' in figures) return figures;
  const { creatinine, age, sex, measuredOn } = figures;
  return { egfr: ckdEpi2021(creatinine, age, sex).toFixed(1), measuredOn };
}

/** Creatinine clearance by Cockcroft–Gault with one decimal; null where there is no estimate or no weight. */
export function clearanceOf(today: string, person: Person): string | null {
  const figures = figuresOf(today, person);
  const { weightKg } = person;
  if (figures === undefined || 'notComputed' in figures || weightKg === null || weightKg === undefined)
    return null;
  const { creatinine, age, sex } = figures;
  return cockcroftGault(creatinine, age, Number.parseFloat(weightKg), sex).toFixed(1);
}

/**
 * What renal function a person is judged by: of a measured filtration rate and one computed from creatinine the later, the measured
 * one of the same day. What has no day counts as of today.
 */
export function renalFunctionOn(today: string, person: Person): RenalFunction {
  const { egfr = null, egfrRecordedOn = null } = person;
  const computed = estimate(today, person);
  const measuredDay = egfrRecordedOn ?? today;
  const creatinineDay = person.creatinineRecordedOn ?? today;
  const isNewer = egfr === null || creatinineDay > measuredDay;
  if (isNewer && computed !== undefined && 'egfr' in computed)
    return { egfr: computed.egfr, recordedOn: computed.measuredOn, basis: 'computed', notComputed: null };
  return {
    egfr,
    recordedOn: egfr === null ? null : egfrRecordedOn,
    basis: egfr === null ? null : 'measured',
    notComputed: isNewer && computed !== undefined && 'notComputed' in computed ? computed.notComputed : null,
  };
}

/** Stage of renal function by KDIGO, G1 to G5, of an eGFR as a decimal string. */
export function stageOf(egfr: string): 'G1' | 'G2' | 'G3a' | 'G3b' | 'G4' | 'G5' {
  const isBelow = (limit: string): boolean => isMore(exact(limit), exact(egfr));
  if (isBelow('15')) return 'G5';
  if (isBelow('30')) return 'G4';
  if (isBelow('45')) return 'G3b';
  if (isBelow('60')) return 'G3a';
  return isBelow('90') ? 'G2' : 'G1';
}
