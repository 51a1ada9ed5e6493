/* A mapping of a delimited file of clinical rules, put together on screen. The server checks it again. */
import type { Delimiter, Encoding } from '../mapping.domain';

/** In the order they are offered. */
export const RULE_KINDS = ['interactions', 'allergies', 'contraindications', 'dosage'] as const;
type RuleKind = (typeof RULE_KINDS)[number];

/** What a name or code of a subject is; `any`: a name, or a group. */
export const SUBJECT_KINDS = [
  'any',
  'ingredient',
  'group',
  'rxcui',
  'unii',
  'cas',
  'atc',
  'id',
  'product',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What rules are about, and what they say; the server knows the same. */
export type RuleSubject = 'a' | 'b' | 'allergen' | 'cross' | 'subject';
export type RuleField =
  | 'severity'
  | 'description'
  | 'message'
  | 'management'
  | 'source'
  | 'mechanism'
  | 'evidence'
  | 'code'
  | 'aRoutes'
  | 'bRoutes'
  | 'routes'
  | 'forms'
  | 'kind'
  | 'icd10'
  | 'conditionName'
  | 'sex'
  | 'childPughFrom'
  | 'trimesters'
  | 'ageMinMonths'
  | 'ageMaxMonths'
  | 'weightMinKg'
  | 'weightMaxKg'
  | 'egfrBelow'
  | 'unit'
  | 'maxDailyDose'
  | 'maxSingleDose'
  | 'maxDailyPerKg'
  | 'maxSinglePerKg'
  | 'maxCourseDose'
  | 'maxFrequencyPerDay'
  | 'maxDurationDays'
  | 'route'
  | 'form'
  | 'indicationIcd10'
  | 'indicationName';

interface Layout {
  subjects: readonly RuleSubject[];
  /** Every rule must say these, by a column or by a text for all rows. */
  required: readonly RuleField[];
  optional: readonly RuleField[];
}

const CRITERIA: readonly RuleField[] = [
  'ageMinMonths',
  'ageMaxMonths',
  'weightMinKg',
  'weightMaxKg',
  'egfrBelow',
];

export const LAYOUTS: Record<RuleKind, Layout> = {
  interactions: {
    subjects: ['a', 'b'],
    required: ['severity', 'description', 'management', 'source'],
    optional: ['mechanism', 'evidence', 'aRoutes', 'bRoutes', 'code'],
  },
  allergies: {
    subjects: ['allergen', 'cross'],
    required: ['severity', 'message', 'management', 'source'],
    optional: ['evidence', 'code'],
  },
  contraindications: {
    subjects: ['subject'],
    required: ['kind', 'severity', 'message', 'management', 'source'],
    optional: [
      'icd10',
      'conditionName',
      'sex',
      ...CRITERIA,
      'childPughFrom',
      'trimesters',
      'routes',
      'forms',
      'evidence',
      'code',
    ],
  },
  dosage: {
    subjects: ['subject'],
    required: ['unit', 'message', 'source'],
    optional: [
      'maxDailyDose',
      'maxSingleDose',
      'maxDailyPerKg',
      'maxSinglePerKg',
      'maxCourseDose',
      'maxFrequencyPerDay',
      'maxDurationDays',
      'route',
      'form',
      'indicationIcd10',
      'indicationName',
      ...CRITERIA,
      'management',
      'evidence',
      'code',
    ],
  },
};

export interface RuleMappingDraft {
  source: string;
  kind: RuleKind;
  encoding: Encoding;
  delimiter: Delimiter;
  columns: Partial<Record<RuleField | RuleSubject, string>>;
  subjects: Partial<Record<RuleSubject, SubjectKind>>;
  /** Texts for every row, of required fields without a column. */
  constants: Partial<Record<RuleField, string>>;
}

export const EMPTY_RULE_MAPPING: RuleMappingDraft = {
  source: '',
  kind: 'interactions',
  encoding: 'utf-8',
  delimiter: ',',
  columns: {},
  subjects: {},
  constants: {},
};

/** Headings by which published lists call a field, lower case and without signs; beside the field's own name. */
const KNOWN: Partial<Record<RuleField | RuleSubject, readonly string[]>> = {
  a: ['drug1', 'druga', 'ingredient1', 'ingredienta', 'name1', 'object'],
  b: ['drug2', 'drugb', 'ingredient2', 'ingredientb', 'name2', 'precipitant'],
  subject: ['ingredient', 'drug', 'name'],
  cross: ['crossreacts', 'crossreactive'],
  severity: ['level', 'risk', 'grade', 'riskrating'],
  description: ['effect', 'text', 'interaction'],
  management: ['action', 'advice', 'recommendation'],
  kind: ['conditionkind'],
  evidence: ['documentation'],
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Columns whose headings say what they hold; each column and each field once. */
export function guessRuleColumns(kind: RuleKind, names: readonly string[]): RuleMappingDraft['columns'] {
  const { subjects, required, optional } = LAYOUTS[kind];
  const columns: RuleMappingDraft['columns'] = {};
  const taken = new Set<string>();
  for (const field of [...subjects, ...required, ...optional]) {
    const words = [plain(field), ...(KNOWN[field] ?? [])];
    const found = names.find((name) => !taken.has(name) && words.includes(plain(name)));
    if (found === undefined) continue;
    columns[field] = found;
    taken.add(found);
  }
  return columns;
}

/** The field of a column as the server names it, or undefined for one that has no words of its own (an identity). */
export function fieldOfColumn(kind: RuleKind, column: string): RuleField | undefined {
  const sides = new Map([
    ['routes_a', 'aRoutes'],
    ['routes_b', 'bRoutes'],
  ]);
  const name = sides.get(column) ?? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const { required, optional } = LAYOUTS[kind];
  return [...required, ...optional].find((field) => field === name);
}

/** The server tells the format by the name of the file; JSON is read by the names of the fields. */
export function isJsonFile(file: Pick<File, 'name'> | undefined): boolean {
  return file !== undefined && /\.(json|jsonl|ndjson)(\.gz|\.zip)?$/i.test(file.name);
}

/** What is still missing before the file can be sent. */
export function missingInRules(
  draft: RuleMappingDraft,
  isJson: boolean,
): ('sourceName' | RuleField | RuleSubject)[] {
  const name = /^[a-z][a-z0-9-]{0,39}$/.test(draft.source) ? [] : (['sourceName'] as const);
  if (isJson) return [...name];
  const { subjects, required } = LAYOUTS[draft.kind];
  return [
    ...name,
    ...subjects.filter((subject) => draft.columns[subject] === undefined),
    ...required.filter(
      (field) => draft.columns[field] === undefined && (draft.constants[field] ?? '').trim() === '',
    ),
  ];
}

/** The mapping as the server takes it (docs/imports.md). */
export function toRuleMapping(draft: RuleMappingDraft): Record<string, unknown> {
  const { subjects, required, optional } = LAYOUTS[draft.kind];
  const of = <Value>(values: Partial<Record<string, Value>>, names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = values[name];
        return value === undefined || value === '' ? [] : [[name, value]];
      }),
    );
  const unmapped = required.filter((field) => draft.columns[field] === undefined);
  return {
    source: draft.source,
    kind: draft.kind,
    format: { kind: 'csv', encoding: draft.encoding, delimiter: draft.delimiter },
    columns: of(draft.columns, [...subjects, ...required, ...optional]),
    subjects: of(draft.subjects, subjects),
    constants: of(draft.constants, unmapped),
  };
}
