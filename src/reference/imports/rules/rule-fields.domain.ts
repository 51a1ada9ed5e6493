import type { RuleKindName } from '../../clinical/rule-sets/rule-sets.types.js';

/** How a field of a rule is written in a file. */
export type FieldForm = 'text' | 'count' | 'list' | 'counts' | 'severity' | 'evidence';

/** A field a column can feed, and the column names it is known by where there is no mapping. */
export interface RuleField {
  readonly form: FieldForm;
  readonly columns: readonly string[];
}

/** What a rule is about: the column of the name or code, and one that says what sort of name it is. */
export interface RuleSubjectField {
  readonly name: string;
  readonly columns: readonly string[];
  readonly kindColumns: readonly string[];
}

/** A kind of rules as files hold it. */
export interface RuleLayout {
  readonly subjects: readonly RuleSubjectField[];
  readonly fields: Readonly<Record<string, RuleField>>;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const known = (name: string, more: readonly string[]): string[] => [...new Set([name, snake(name), ...more])];

const field = (name: string, form: FieldForm = 'text', ...more: string[]): [string, RuleField] => [
  name,
  { form, columns: known(name, more) },
];

const subject = (name: string, ...more: string[]): RuleSubjectField => ({
  name,
  columns: known(name, more),
  kindColumns: known(`${name}Kind`, []),
});

const WORDS = [field('management'), field('evidence', 'evidence'), field('source')];
const CRITERIA = [
  field('ageMinMonths', 'count'),
  field('ageMaxMonths', 'count'),
  field('weightMinKg'),
  field('weightMaxKg'),
  field('egfrBelow'),
];

/** The layouts, with the names of the API's fields; the files of db/seed/clinical can be read without a mapping. */
export const RULE_LAYOUTS: Readonly<Record<RuleKindName, RuleLayout>> = {
  interactions: {
    subjects: [subject('a'), subject('b')],
    fields: Object.fromEntries([
      field('severity', 'severity'),
      field('mechanism'),
      field('description', 'text', 'effect'),
      field('aRoutes', 'list'),
      field('bRoutes', 'list'),
      ...WORDS,
    ]),
  },
  allergies: {
    subjects: [subject('allergen'), subject('cross')],
    fields: Object.fromEntries([field('severity', 'severity'), field('message'), ...WORDS]),
  },
  contraindications: {
    subjects: [subject('subject')],
    fields: Object.fromEntries([
      field('kind', 'text', 'condition_kind'),
      field('icd10'),
      field('conditionName'),
      field('sex'),
      ...CRITERIA,
      field('childPughFrom'),
      field('trimesters', 'counts'),
      field('routes', 'list'),
      field('forms', 'list'),
      field('severity', 'severity'),
      field('message'),
      ...WORDS,
    ]),
  },
  dosage: {
    subjects: [subject('subject', 'ingredient')],
    fields: Object.fromEntries([
      field('route'),
      field('form'),
      field('indicationIcd10'),
      field('indicationName'),
      ...CRITERIA,
      field('maxSingleDose'),
      field('maxSinglePerKg'),
      field('maxDailyDose'),
      field('maxDailyPerKg'),
      field('maxCourseDose'),
      field('maxFrequencyPerDay'),
      field('maxDurationDays', 'count'),
      field('unit'),
      field('message'),
      ...WORDS,
    ]),
  },
};

/** Name of the field that holds the code of a rule at its source. */
export const CODE_FIELD = 'code';

/** Every name a mapping may give a column for: the code, the subjects with their kinds, the fields. */
export const mappableNames = ({ subjects, fields }: RuleLayout): string[] => [
  CODE_FIELD,
  ...subjects.flatMap(({ name }) => [name, `${name}Kind`]),
  ...Object.keys(fields),
];
