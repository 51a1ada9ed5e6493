import { foldText } from '../../platform/text/fold.js';

/** Particulars in which two records of one person should agree. */
export const DIFFERENCES = [
  'firstName',
  'birthDate',
  'sex',
  'nationalId',
  'pregnant',
  'lactating',
  'isDeceased',
] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** What is compared and taken over; values as the API shows them, dates 'YYYY-MM-DD'. */
export interface MergeableRecord {
  readonly firstName: string;
  readonly birthDate: string | null;
  readonly birthDatePartial: string | null;
  readonly sex: string;
  readonly isDeceased: boolean;
  readonly deceasedOn: string | null;
  readonly phone: string | null;
  readonly nationalId: string | null;
  readonly weightKg: string | null;
  readonly weightRecordedOn: string | null;
  readonly heightCm: string | null;
  readonly heightRecordedOn: string | null;
  readonly egfr: string | null;
  readonly egfrRecordedOn: string | null;
  readonly creatinineUmolL: string | null;
  readonly creatinineRecordedOn: string | null;
  readonly childPugh: string | null;
  readonly childPughRecordedOn: string | null;
  readonly pregnant: boolean | null;
  readonly trimester: number | null;
  readonly dueDate: string | null;
  readonly pregnancyRecordedOn: string | null;
  readonly lactating: boolean | null;
  readonly lactationRecordedOn: string | null;
  readonly notes: string | null;
}
type Particular = keyof MergeableRecord;
export type Particulars = Partial<Record<Particular, string | number | boolean | null>>;

/** Particulars that are taken together: what it is, what belongs to it, and the day it was recorded. */
const GROUPS: readonly {
  readonly what: Particular;
  readonly with?: readonly Particular[];
  readonly day?: Particular;
}[] = [
  { what: 'phone' },
  { what: 'nationalId' },
  { what: 'notes' },
  { what: 'isDeceased', with: ['deceasedOn'] },
  { what: 'weightKg', day: 'weightRecordedOn' },
  { what: 'heightCm', day: 'heightRecordedOn' },
  { what: 'egfr', day: 'egfrRecordedOn' },
  { what: 'creatinineUmolL', day: 'creatinineRecordedOn' },
  { what: 'childPugh', day: 'childPughRecordedOn' },
  { what: 'pregnant', with: ['trimester', 'dueDate'], day: 'pregnancyRecordedOn' },
  { what: 'lactating', day: 'lactationRecordedOn' },
];

const differ = <T>(one: T | null, other: T | null): boolean =>
  one !== null && other !== null && one !== other;

/**
 * In what two records differ though one person has only one of it. An unknown sex, number or state differs from nothing; a birth
 * date known on one side alone does, since it is what people are told apart by.
 */
export function differencesOf(one: MergeableRecord, other: MergeableRecord): Difference[] {
  const found: Record<Difference, boolean> = {
    firstName: foldText(one.firstName) !== foldText(other.firstName),
    birthDate: one.birthDate !== other.birthDate || one.birthDatePartial !== other.birthDatePartial,
    sex: one.sex !== 'unknown' && other.sex !== 'unknown' && one.sex !== other.sex,
    nationalId: differ(one.nationalId, other.nationalId),
    pregnant: differ(one.pregnant, other.pregnant),
    lactating: differ(one.lactating, other.lactating),
    isDeceased: one.isDeceased !== other.isDeceased,
  };
  return DIFFERENCES.filter((difference) => found[difference]);
}

/** What the surviving record takes from the other: what it does not know, and what was recorded later. */
export function takenFrom(survivor: MergeableRecord, merged: MergeableRecord): Particulars {
  const taken: Particulars = {};
  for (const { what, with: more = [], day } of GROUPS) {
    const theirs = merged[what];
    if (theirs === null || (theirs === false && what === 'isDeceased')) continue;
    const isBlank = survivor[what] === null || (what === 'isDeceased' && survivor[what] === false);
    const [ours, later] = day === undefined ? [null, null] : [survivor[day], merged[day]];
    const isNewer = typeof later === 'string' && typeof ours === 'string' && later > ours;
    if (!isBlank && !isNewer) continue;
    for (const particular of [what, ...more, ...(day === undefined ? [] : [day])])
      if (merged[particular] !== survivor[particular]) taken[particular] = merged[particular];
  }
  return taken;
}

/** What stood on the surviving record where something was taken. */
export const standingBefore = (survivor: MergeableRecord, taken: Particulars): Particulars =>
  Object.fromEntries(
    (Object.keys(taken) as Particular[]).map((particular) => [particular, survivor[particular]]),
  );

/**
 * What goes back to how it stood before when a merge is undone: of each group, all or nothing, and nothing where somebody has
 * written something else since.
 */
export function givenBack(
  survivor: MergeableRecord,
  merged: MergeableRecord,
  before: Particulars,
): Particulars {
  const back = new Map<string, string | number | boolean | null>();
  const stood = new Map(Object.entries(before));
  for (const { what, with: more = [], day } of GROUPS) {
    const group = [what, ...more, ...(day === undefined ? [] : [day])].filter((one) => stood.has(one));
    if (group.some((one) => survivor[one] !== merged[one])) continue;
    for (const one of group) back.set(one, stood.get(one) ?? null);
  }
  return Object.fromEntries(back);
}
