import { RuleViolation } from '../../platform/errors/domain-error.js';
import { addDays } from '../../platform/time/local-date.js';
import type { ChildPugh } from './patients.types.js';

/** What of a patient changes with time, each with the day it was measured or asked. Undefined: left as it is. */
export interface StateChanges {
  readonly birthDate?: string;
  readonly weightKg?: string | null;
  readonly weightRecordedOn?: string | null;
  readonly egfr?: string | null;
  readonly egfrRecordedOn?: string | null;
  readonly creatinineUmolL?: string | null;
  readonly creatinineRecordedOn?: string | null;
  readonly childPugh?: ChildPugh | null;
  readonly childPughRecordedOn?: string | null;
  readonly pregnant?: boolean | null;
  readonly trimester?: number | null;
  readonly dueDate?: string | null;
  readonly pregnancyRecordedOn?: string | null;
  readonly lactating?: boolean | null;
  readonly lactationRecordedOn?: string | null;
  readonly isDeceased?: boolean;
  readonly deceasedOn?: string | null;
}

/** What is on record of a pregnancy. */
type Pregnancy = Pick<StateChanges, 'pregnant' | 'trimester' | 'dueDate' | 'pregnancyRecordedOn'>;
/** What is on record of a life. */
type Life = { readonly birthDate?: string | null } & Pick<StateChanges, 'isDeceased'>;

const DAYS = [
  'birthDate',
  'weightRecordedOn',
  'egfrRecordedOn',
  'creatinineRecordedOn',
  'childPughRecordedOn',
  'pregnancyRecordedOn',
  'lactationRecordedOn',
  'deceasedOn',
] as const;

/** A due date lies at most 42 weeks ahead of the day it was told, and no more than two weeks behind it. */
const DUE_AHEAD_DAYS = 294;
const DUE_BEHIND_DAYS = 14;

/**
 * The changes with the day of each new value: the one given, or today. Of a pregnancy the due date or the trimester is kept,
 * and neither once there is none; of a death the day goes with the mark. Throws RuleViolation for days to come, for a death that cannot be, for a due date that cannot be, and for a trimester or
 * due date of somebody who is not pregnant.
 */
export function datedState<Changes extends StateChanges>(
  changes: Changes,
  today: string,
  before: Pregnancy & Life = {},
): Changes {
  for (const name of DAYS) {
    const day = changes[name];
    if (typeof day === 'string' && day > today) throw refused(name, 'lies in the future');
  }
  return {
    ...changes,
    // A birth date in full ends one that was known in part.
    ...(changes.birthDate === undefined ? {} : { birthDatePartial: null }),
    ...dayOf('weightRecordedOn', changes.weightKg, changes.weightRecordedOn, today),
    ...dayOf('egfrRecordedOn', changes.egfr, changes.egfrRecordedOn, today),
    ...dayOf('creatinineRecordedOn', changes.creatinineUmolL, changes.creatinineRecordedOn, today),
    ...dayOf('childPughRecordedOn', changes.childPugh, changes.childPughRecordedOn, today),
    ...dayOf('lactationRecordedOn', changes.lactating, changes.lactationRecordedOn, today),
    ...deathOf(changes, before),
    ...pregnancyOf(changes, today, before),
  };
}

/** The day beside a value that is given; none beside a value taken away, nothing where the value stays. */
function dayOf(
  name: keyof StateChanges,
  value: unknown,
  day: string | null | undefined,
  today: string,
): Readonly<Record<string, string | null>> {
  if (value === undefined) return {};
  return { [name]: value === null ? null : (day ?? today) };
}

/** The day of a death is of somebody who has died, and not before he was born; with the mark it goes. */
function deathOf(changes: StateChanges, before: Life): Pick<StateChanges, 'deceasedOn'> {
  const { deceasedOn } = changes;
  const isDeceased = changes.isDeceased ?? before.isDeceased ?? false;
  if (typeof deceasedOn === 'string') {
    if (!isDeceased) throw refused('deceasedOn', 'is of somebody who is not on record as deceased');
    const birthDate = changes.birthDate ?? before.birthDate ?? null;
    if (birthDate !== null && deceasedOn < birthDate) throw refused('deceasedOn', 'is before the birth');
  }
  return changes.isDeceased === false ? { deceasedOn: null } : {};
}

function pregnancyOf(changes: StateChanges, today: string, before: Pregnancy): Pregnancy {
  const { trimester, dueDate } = changes;
  if (changes.pregnant === undefined && trimester === undefined && dueDate === undefined) return {};
  const pregnant = changes.pregnant === undefined ? before.pregnant : changes.pregnant;
  if (pregnant !== true) {
    if (typeof dueDate === 'string')
      throw refused('dueDate', 'is of somebody who is not known to be pregnant');
    if (typeof trimester === 'number')
      throw refused('trimester', 'is of somebody who is not known to be pregnant');
    const day = typeof pregnant === 'boolean' ? (changes.pregnancyRecordedOn ?? today) : null;
    return { trimester: null, dueDate: null, pregnancyRecordedOn: day };
  }
  if (typeof dueDate === 'string' && typeof trimester === 'number')
    throw refused('trimester', 'follows from the due date: give one of them');
  const recordedOn = changes.pregnancyRecordedOn ?? today;
  if (typeof dueDate === 'string') {
    if (dueDate > addDays(recordedOn, DUE_AHEAD_DAYS) || dueDate < addDays(recordedOn, -DUE_BEHIND_DAYS))
      throw refused('dueDate', 'must be within 42 weeks of the day it was told');
    return { trimester: null, dueDate, pregnancyRecordedOn: recordedOn };
  }
  if (typeof trimester === 'number') return { trimester, dueDate: null, pregnancyRecordedOn: recordedOn };
  const kept = {
    trimester: trimester === undefined ? (before.trimester ?? null) : null,
    dueDate: dueDate === undefined ? (before.dueDate ?? null) : null,
  };
  // What stays keeps the day it was told: to say again that she is pregnant makes an old trimester no younger.
  return kept.trimester === null && kept.dueDate === null
    ? { ...kept, pregnancyRecordedOn: recordedOn }
    : kept;
}

function refused(name: keyof StateChanges, detail: string): RuleViolation {
  return new RuleViolation(`${name} ${detail}.`, {}, [{ pointer: `/${name}`, detail }]);
}
