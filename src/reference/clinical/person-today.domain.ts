import { addDays, ageInMonths } from '../../platform/time/local-date.js';
import type { ScreenedPatient } from './clinical.types.js';
import { renalFunctionOn, type NotComputed } from './renal-function.domain.js';
import { computedFrom, REASONS, type Reason } from './screening-report.domain.js';

/** What of a person was recorded too long ago to be relied on. */
export type Stale = 'weight' | 'egfr' | 'hepatic' | 'pregnancy' | 'dueDate' | 'trimester' | 'lactation';

/** Each in the words of the contract. */
const STALE_REASONS: Readonly<Record<Stale, Reason>> = {
  weight: REASONS.weightOld,
  egfr: REASONS.egfrOld,
  hepatic: REASONS.hepaticOld,
  pregnancy: REASONS.pregnancyOld,
  dueDate: REASONS.dueDatePassed,
  trimester: REASONS.trimesterOld,
  lactation: REASONS.lactationOld,
};

/** Why a creatinine on record gave no renal function, in the words of the contract. */
const NOT_COMPUTED_REASONS: Readonly<Record<NotComputed, Reason>> = {
  age: REASONS.egfrOfNoAge,
  sex: REASONS.egfrOfNoSex,
  child: REASONS.egfrOfChild,
  pregnant: REASONS.egfrOfPregnancy,
  unsteady: REASONS.egfrUnsteady,
  implausible: REASONS.egfrImplausible,
};

/** What must be said of each thing wherever a rule looks at it. */
export type Remarks = ReadonlyMap<Stale, readonly Reason[]>;

/** Days a child's weight may be relied on, by age in months below the first number; grown people's is not judged. */
const WEIGHT_DAYS: readonly (readonly [belowMonths: number, days: number])[] = [
  [24, 31],
  [144, 183],
  [216, 366],
];
/** Days a measurement of kidneys or liver may be relied on: they are looked at once a year at least. */
const ORGAN_DAYS = 366;
/** Days a "no" may be relied on; CDS Hooks callers are believed for as long. */
const NO_DAYS = { pregnant: 30, lactating: 183 } as const;
/** Days after which somebody who was breast-feeding may have stopped. */
const LACTATION_DAYS = 731;
/** Days a trimester told without a due date may be relied on; after that the next may have begun. */
const TRIMESTER_DAYS = 14;
/** Days from the first of a trimester to the latest birth, two weeks after the due date (42 weeks). */
const daysToBirth = (trimester: number | null | undefined): number => 294 - ((trimester ?? 1) - 1) * 98;
/** Days before the due date (40 weeks) on which the second (14 weeks) and the third trimester (28 weeks) begin. */
const SECOND_BEGINS = -182;
const THIRD_BEGINS = -84;
const OVERDUE_DAYS = 14;

/** A person as of a day: what follows from dates is worked out, and what cannot be relied on any more is named. */
export interface PersonToday {
  readonly patient: ScreenedPatient;
  readonly stale: ReadonlySet<Stale>;
  /** What is stale, and how renal function was come by where it was not measured. */
  readonly remarks: Remarks;
}

/** Trimester on a day, by the day the birth is expected. */
export function trimesterOn(today: string, dueDate: string): 1 | 2 | 3 {
  if (today >= addDays(dueDate, THIRD_BEGINS)) return 3;
  return today >= addDays(dueDate, SECOND_BEGINS) ? 2 : 1;
}

/**
 * The person as screening takes him: with the renal function he is judged by, measured or computed. An old measurement is still
 * used, and said to be old; an old "no" counts as not asked. A pregnancy whose time is over counts as one until somebody asks, and so does breast-feeding after it.
 */
export function personOn(today: string, patient: ScreenedPatient): PersonToday {
  const stale = new Set<Stale>();
  const isOlder = (day: string | null | undefined, days: number | undefined): boolean =>
    day !== null && day !== undefined && days !== undefined && day < addDays(today, -days);
  if (isOlder(patient.weightRecordedOn, weightDays(today, patient))) stale.add('weight');
  const renal = renalFunctionOn(today, patient);
  if (isOlder(renal.recordedOn, ORGAN_DAYS)) stale.add('egfr');
  if (isOlder(patient.childPughRecordedOn, ORGAN_DAYS)) stale.add('hepatic');

  const pregnancy = { pregnant: patient.pregnant, trimester: patient.trimester };
  if (patient.pregnant === true) {
    const { dueDate, pregnancyRecordedOn, trimester } = patient;
    if (dueDate) {
      const isOver = isOlder(dueDate, OVERDUE_DAYS);
      if (isOver) stale.add('dueDate');
      pregnancy.trimester = isOver ? null : trimesterOn(today, dueDate);
    } else if (isOlder(pregnancyRecordedOn, daysToBirth(trimester))) {
      stale.add('pregnancy');
      pregnancy.trimester = null;
    } else if (trimester && isOlder(pregnancyRecordedOn, TRIMESTER_DAYS)) {
      stale.add('trimester');
      pregnancy.trimester = null;
    }
  } else if (patient.pregnant === false && isOlder(patient.pregnancyRecordedOn, NO_DAYS.pregnant)) {
    stale.add('pregnancy');
    pregnancy.pregnant = null;
  }

  let { lactating } = patient;
  const isBirthOver = patient.pregnant === true && (stale.has('dueDate') || stale.has('pregnancy'));
  if (lactating === false && (isBirthOver || isOlder(patient.lactationRecordedOn, NO_DAYS.lactating))) {
    stale.add('lactation');
    lactating = null;
  } else if (lactating === true && isOlder(patient.lactationRecordedOn, LACTATION_DAYS))
    stale.add('lactation');
  const remarks = new Map([...stale].map((what): [Stale, Reason[]] => [what, [STALE_REASONS[what]]]));
  const remark =
    renal.notComputed === null
      ? renal.basis === 'computed' && renal.egfr !== null && renal.recordedOn !== null
        ? computedFrom(renal.egfr, renal.recordedOn)
        : undefined
      : NOT_COMPUTED_REASONS[renal.notComputed];
  if (remark !== undefined) remarks.set('egfr', [...(remarks.get('egfr') ?? []), remark]);
  return { patient: { ...patient, ...pregnancy, lactating, egfr: renal.egfr }, stale, remarks };
}

function weightDays(today: string, { birthDate }: ScreenedPatient): number | undefined {
  if (!birthDate) return undefined;
  const age = ageInMonths(birthDate, today);
  return WEIGHT_DAYS.find(([belowMonths]) => age < belowMonths)?.[1];
}
