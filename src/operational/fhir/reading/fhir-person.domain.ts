import { own } from '../../../platform/text/own.js';
import { isCalendarDate } from '../../../platform/time/local-date.js';
import type { CheckedPerson, Gap } from './reading.types.js';
import { decimalText, exactOf, isMore, times, whole, type Exact } from './exact.domain.js';
import { codesIn, LOINC, SNOMED, statusCode } from './fhir-codes.domain.js';
import type { FhirCondition, FhirObservation, FhirPatient, FhirQuantity } from './fhir.types.js';

/** What is asked of observations, with the LOINC codes that answer it; the prefetch template asks for the same. */
export const OBSERVATION_CODES = {
  weight: ['29463-7', '3141-9', '3142-7', '8335-2'],
  /** Glomerular filtration rate per 1.73 m², by whatever formula. */
  egfr: [
    ...['33914-3', '48642-3', '48643-1', '50044-7', '50210-4', '50384-7', '62238-1', '69405-9'],
    ...['70969-1', '88293-6', '88294-4', '98979-8', '98980-6'],
  ],
  /** Creatinine clearance, which stands in where no filtration rate was sent. */
  clearance: ['2164-2', '35591-7'],
  pregnancy: ['82810-3', '11449-6'],
  lactation: ['63895-7'],
} as const;

/** What else is kept of a patient, though screening does not ask for it. */
const KEPT_CODES = {
  height: ['8302-2', '3137-7', '3138-5', '8306-3'],
  /** In serum, plasma or blood, as mass or substance. */
  creatinine: ['2160-0', '38483-4', '14682-9', '77140-2'],
} as const;

const ALL_CODES = { ...OBSERVATION_CODES, ...KEPT_CODES };

type Asked = keyof typeof ALL_CODES;

const KILOGRAMS: Readonly<Record<string, Exact>> = {
  kg: whole(1),
  g: { numerator: 1n, denominator: 1000n },
  '[lb_av]': { numerator: 45_359_237n, denominator: 100_000_000n },
  lb: { numerator: 45_359_237n, denominator: 100_000_000n },
  lbs: { numerator: 45_359_237n, denominator: 100_000_000n },
};
const HEAVIEST = whole(700);
const FASTEST = whole(300);

/** Millilitres a minute, with or without the body surface; an answer without a unit is taken for that. */
const PER_MINUTE = /^ml\/min(?:\/.*)?$/i;

const PREGNANT: ReadonlyMap<string, boolean> = new Map([
  ['LA15173-0', true],
  ['LA26683-5', false],
  ['77386006', true],
  ['60001007', false],
]);
const LACTATING: ReadonlyMap<string, boolean> = new Map([
  ['LA33-6', true],
  ['LA32-8', false],
  ['413712001', true],
]);

/** ICD-10 codes of the state of pregnancy; complications of it (O…) go on after the birth. */
const PREGNANT_ICD10 = /^Z(?:32\.1|33|34|35)/;

const DAY_MS = 86_400_000;
/** A pregnancy is over after this many days. */
const PREGNANT_DAYS = 300;
/** "Not pregnant" and breast-feeding are believed for this long. */
const STATE_DAYS = { notPregnant: 30, lactating: 183 } as const;

const WRONG = new Set(['entered-in-error', 'cancelled', 'registered']);

function momentOf(observation: FhirObservation): number | undefined {
  const { effectiveDateTime, effectivePeriod, issued } = observation;
  const moment = Date.parse(
    effectiveDateTime ?? effectivePeriod?.end ?? effectivePeriod?.start ?? issued ?? '',
  );
  return Number.isNaN(moment) ? undefined : moment;
}

/** Observations that answer a question, the newest first; those without a date last, in the order sent. */
function answersTo(asked: Asked, observations: readonly FhirObservation[]): FhirObservation[] {
  const codes: ReadonlySet<string> = new Set(ALL_CODES[asked]);
  return observations
    .filter(
      ({ status, code }) =>
        !WRONG.has(status ?? '') && codesIn(code, LOINC).some((loinc) => codes.has(loinc)),
    )
    .sort((a, b) => (momentOf(b) ?? -Infinity) - (momentOf(a) ?? -Infinity) || 0);
}

const unitOf = ({ code, unit }: FhirQuantity): string => code ?? unit ?? '';

function kilograms(observation: FhirObservation): string | undefined {
  const quantity = observation.valueQuantity;
  const value = exactOf(quantity?.value);
  const factor = quantity && own(KILOGRAMS, unitOf(quantity).toLowerCase());
  if (!quantity || !value || !factor || quantity.comparator !== undefined) return undefined;
  const weight = times(value, factor);
  return isMore(HEAVIEST, weight) ? decimalText(weight) : undefined;
}

/** A rate; "<15" is a little less than 15, ">60" at least 60: both on the side of caution. */
function perMinute(observation: FhirObservation): string | undefined {
  const quantity = observation.valueQuantity;
  const value = exactOf(quantity?.value);
  const unit = quantity ? unitOf(quantity) : '';
  if (!quantity || !value || !(unit === '' || PER_MINUTE.test(unit)) || !isMore(FASTEST, value))
    return undefined;
  if (quantity.comparator !== '<') return decimalText(value, true);
  if (value.numerator === 0n) return '0';
  const less = {
    numerator: value.numerator * 1_000_000n - value.denominator,
    denominator: value.denominator * 1_000_000n,
  };
  return decimalText(less, true);
}

function stateOf(observation: FhirObservation, meanings: ReadonlyMap<string, boolean>): boolean | undefined {
  if (observation.valueBoolean !== undefined) return observation.valueBoolean;
  const codes = [
    ...codesIn(observation.valueCodeableConcept, LOINC),
    ...codesIn(observation.valueCodeableConcept, SNOMED),
  ];
  return codes.map((code) => meanings.get(code)).find((meaning) => meaning !== undefined);
}

/** The newest answer decides; one that is too old, or says "unknown", leaves the question open. */
function readState(
  asked: 'pregnancy' | 'lactation',
  observations: readonly FhirObservation[],
  today: string,
): boolean | null {
  const [latest] = answersTo(asked, observations);
  const state = latest && stateOf(latest, asked === 'pregnancy' ? PREGNANT : LACTATING);
  if (!latest || state === undefined) return null;
  const moment = momentOf(latest);
  const days = moment === undefined ? 0 : (Date.parse(today) - moment) / DAY_MS;
  const most = asked === 'lactation' ? STATE_DAYS.lactating : state ? PREGNANT_DAYS : STATE_DAYS.notPregnant;
  return days > most ? null : state;
}

const CENTIMETRES: ReadonlyMap<string, Exact> = new Map([
  ['cm', whole(1)],
  ['m', whole(100)],
  ['[in_i]', { numerator: 254n, denominator: 100n }],
  ['in', { numerator: 254n, denominator: 100n }],
]);
const TALLEST = whole(300);

function centimetres({ valueQuantity: quantity }: FhirObservation): string | undefined {
  const value = exactOf(quantity?.value);
  const factor = quantity && CENTIMETRES.get(unitOf(quantity).toLowerCase());
  if (!quantity || !value || !factor || quantity.comparator !== undefined) return undefined;
  const height = times(value, factor);
  return isMore(TALLEST, height) ? decimalText(height) : undefined;
}

/** Creatinine weighs 113.12 g/mol: 1 mg/dL is 88.4 µmol/L. */
const MICROMOLES: ReadonlyMap<string, Exact> = new Map([
  ['mg/dl', { numerator: 884n, denominator: 10n }],
  ['umol/l', whole(1)],
  ['µmol/l', whole(1)],
]);
const MOST_CREATININE = whole(10_000);

function micromoles({ valueQuantity: quantity }: FhirObservation): string | undefined {
  const value = exactOf(quantity?.value);
  const factor = quantity && MICROMOLES.get(unitOf(quantity).toLowerCase());
  if (!quantity || !value || !factor || quantity.comparator !== undefined) return undefined;
  const amount = times(value, factor);
  return isMore(MOST_CREATININE, amount) ? decimalText(amount) : undefined;
}

/** True for a condition that counts today: not refuted, not a mistake, not over. */
export function isActive({ clinicalStatus, verificationStatus }: FhirCondition): boolean {
  const verification = statusCode(verificationStatus);
  const clinical = statusCode(clinicalStatus);
  return (
    verification !== 'refuted' &&
    verification !== 'entered-in-error' &&
    !['inactive', 'remission', 'resolved'].includes(clinical ?? '')
  );
}

/** SNOMED CT: pregnant, normal pregnancy, high risk pregnancy, multiple pregnancy, twin pregnancy. */
const PREGNANT_SNOMED = new Set(['77386006', '72892002', '47200007', '16356006', '65147003']);

/** True for a condition that says that the patient is pregnant. */
export const saysPregnant = ({ code }: FhirCondition, icd10: string | undefined): boolean =>
  codesIn(code, SNOMED).some((one) => PREGNANT_SNOMED.has(one)) || PREGNANT_ICD10.test(icd10 ?? '');

/** True where a pregnancy that began on the day may last still. */
export const mayStillBePregnant = (since: string, today: string): boolean =>
  (Date.parse(today) - Date.parse(since)) / DAY_MS <= PREGNANT_DAYS;

/** What the patient's record and observations say of the person; what they do not say is null. */
export function readPerson(
  patient: FhirPatient | undefined,
  observations: readonly FhirObservation[],
  today: string,
): { person: CheckedPerson; gaps: Gap[] } {
  const gaps: Gap[] = [];
  /** The newest answer; one that cannot be read is not passed over in silence for an older one. */
  const measured = (asked: Asked, what: string, read: (one: FhirObservation) => string | undefined) => {
    const [latest] = answersTo(asked, observations);
    const value = latest && read(latest);
    if (latest && value === undefined)
      gaps.push({ reason: 'the latest value of an observation cannot be read', about: [what] });
    return value ?? null;
  };
  const birthDate = patient?.birthDate;
  const isWhole = birthDate !== undefined && isCalendarDate(birthDate);
  if (birthDate !== undefined && !isWhole)
    gaps.push({ reason: 'the birth date is not a whole date', about: [] });
  const { gender } = patient ?? {};
  return {
    person: {
      birthDate: isWhole ? birthDate : null,
      sex: gender === 'male' || gender === 'female' ? gender : gender === undefined ? null : 'unknown',
      weightKg: measured('weight', 'body weight', kilograms),
      egfr:
        measured('egfr', 'glomerular filtration rate', perMinute) ??
        measured('clearance', 'creatinine clearance', perMinute),
      pregnant: readState('pregnancy', observations, today),
      lactating: readState('lactation', observations, today),
    },
    gaps,
  };
}

/** The newest observation that answers a question about a patient. */
export interface Answer {
  readonly asked: Exclude<Asked, 'clearance'>;
  readonly observation: FhirObservation;
  /** Day it was made; null: not stated as a whole date, or lies after today. */
  readonly day: string | null;
  /** Decimal text or a state; undefined: it cannot be read, or is too old to be believed. */
  readonly value: string | boolean | undefined;
}

/** True for an observation that answers one of the questions, be it the newest or not. */
export const isAsked = ({ code }: FhirObservation): boolean =>
  Object.values(ALL_CODES).some((codes) =>
    codesIn(code, LOINC).some((loinc) => codes.some((asked) => asked === loinc)),
  );

/** The newest answer to each question; a clearance counts where there is no filtration rate. */
export function newestAnswers(observations: readonly FhirObservation[], today: string): Answer[] {
  const newest = (asked: Asked): FhirObservation | undefined => answersTo(asked, observations)[0];
  const dayOf = ({ effectiveDateTime, effectivePeriod, issued }: FhirObservation): string | null => {
    const day = (effectiveDateTime ?? effectivePeriod?.end ?? effectivePeriod?.start ?? issued)?.slice(0, 10);
    return day !== undefined && isCalendarDate(day) && day <= today ? day : null;
  };
  const answer = (
    asked: Answer['asked'],
    observation: FhirObservation | undefined,
    read: (one: FhirObservation) => string | boolean | undefined,
  ): Answer[] =>
    observation ? [{ asked, observation, day: dayOf(observation), value: read(observation) }] : [];
  return [
    ...answer('weight', newest('weight'), kilograms),
    ...answer('egfr', newest('egfr') ?? newest('clearance'), perMinute),
    ...answer('height', newest('height'), centimetres),
    ...answer('creatinine', newest('creatinine'), micromoles),
    ...answer(
      'pregnancy',
      newest('pregnancy'),
      () => readState('pregnancy', observations, today) ?? undefined,
    ),
    ...answer(
      'lactation',
      newest('lactation'),
      () => readState('lactation', observations, today) ?? undefined,
    ),
  ];
}
