import { RULE_KINDS, STARTER_SET, type RuleKindName } from '../../clinical/rule-sets/rule-sets.types.js';
import { foldText } from '../../../platform/text/fold.js';
import { SettingsReader } from '../mapping-reader.domain.js';
import { mappableNames, RULE_LAYOUTS } from './rule-fields.domain.js';
import { SUBJECT_KINDS, type SubjectKind } from './rule-subjects.domain.js';
import type { SeverityMeaning } from './rule-words.domain.js';

/** How a rule file is to be read. A mapping is data (JSON); without one the columns are known by their names. */
export interface RuleMapping {
  /** Name of the source, which is the name of its set of rules. */
  readonly source: string;
  readonly title: string;
  readonly kind: RuleKindName;
  readonly format: {
    readonly kind: 'csv' | 'json';
    readonly encoding: (typeof ENCODINGS)[number];
    readonly delimiter: string;
    readonly quote: string | null;
  };
  /** Field → column (CSV) or key (JSON); empty: the columns are known by their names. */
  readonly columns: ReadonlyMap<string, string>;
  /** Field → the same text for every row that says nothing itself. */
  readonly constants: ReadonlyMap<string, string>;
  /** Subject → what sort of name it is, where the rows do not say. */
  readonly subjects: ReadonlyMap<string, SubjectKind>;
  /** Stated word → severity, none or unknown; folded. Goes before the words we know. */
  readonly severityValues: ReadonlyMap<string, SeverityMeaning>;
}

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1256', 'latin1'] as const;
const SEVERITIES = ['contraindicated', 'major', 'moderate', 'minor', 'none', 'unknown'] as const;
const KEYS = [
  'source',
  'title',
  'kind',
  'format',
  'columns',
  'constants',
  'subjects',
  'severityValues',
] as const;

/** A mapping, or what is wrong with it (one line each, with the path). */
export type RuleMappingResult = { readonly ok: RuleMapping } | { readonly problems: readonly string[] };

/** What goes before the mapping: chosen by whoever starts the import. */
export interface RuleMappingChoice {
  readonly source?: string | undefined;
  readonly kind?: string | undefined;
  /** By the name of the file, where the mapping does not say. */
  readonly format: 'csv' | 'json';
}

/** Checks a parsed mapping (or none: {}). Every problem is reported, not the first only. */
export function readRuleMapping(json: unknown, choice: RuleMappingChoice): RuleMappingResult {
  const reader = new SettingsReader();
  const root = reader.object(json, 'mapping');
  reader.onlyKeys(root, KEYS, '');
  const source = reader.text(choice.source ?? root.source, 'source', 40);
  if (source !== '' && !/^[a-z][a-z0-9-]*$/.test(source))
    reader.problems.push('source: must be lower-case letters, digits and -');
  if (source === STARTER_SET) reader.problems.push(`source: "${STARTER_SET}" is the set the program brings`);
  const kind = reader.oneOf<RuleKindName>(choice.kind ?? root.kind, RULE_KINDS, 'kind');
  const layout = RULE_LAYOUTS[kind];
  const names = mappableNames(layout);
  const read = (key: 'columns' | 'constants', longest: number): Map<string, string> => {
    const found = new Map<string, string>();
    for (const [name, value] of Object.entries(reader.object(root[key] ?? {}, key)))
      if (names.includes(name)) found.set(name, reader.text(value, `${key}.${name}`, longest));
      else reader.problems.push(`${key}.${name}: is not a field of ${kind}`);
    return found;
  };
  const constants = read('constants', 1000);
  if (constants.has('code')) reader.problems.push('constants.code: cannot be the same for every row');
  const subjects = new Map<string, SubjectKind>();
  for (const [name, value] of Object.entries(reader.object(root.subjects ?? {}, 'subjects')))
    if (layout.subjects.some((subject) => subject.name === name))
      subjects.set(name, reader.oneOf<SubjectKind>(value, SUBJECT_KINDS, `subjects.${name}`));
    else reader.problems.push(`subjects.${name}: is not what a rule of ${kind} is about`);
  const severityValues = reader.table(root.severityValues, SEVERITIES, 'severityValues');
  const mapping: RuleMapping = {
    source,
    title: root.title === undefined ? source : reader.text(root.title, 'title'),
    kind,
    format: readFormat(reader, root.format, choice.format),
    columns: read('columns', 200),
    constants,
    subjects,
    severityValues: new Map([...severityValues].map(([word, meaning]) => [foldText(word), meaning])),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { ok: mapping };
}

function readFormat(reader: SettingsReader, given: unknown, byName: 'csv' | 'json'): RuleMapping['format'] {
  const format = reader.object(given ?? {}, 'format');
  reader.onlyKeys(format, ['kind', 'encoding', 'delimiter', 'quote'], 'format.');
  const delimiter = reader.character(format.delimiter ?? ',', 'format.delimiter');
  const quote = format.quote === null ? null : reader.character(format.quote ?? '"', 'format.quote');
  if (delimiter !== '' && delimiter === quote)
    reader.problems.push('format.quote: must not be the delimiter');
  return {
    kind: reader.oneOf(format.kind ?? byName, ['csv', 'json'], 'format.kind'),
    encoding: reader.oneOf(format.encoding, ENCODINGS, 'format.encoding'),
    delimiter,
    quote,
  };
}

/**
 * The columns each field may come from: the one the mapping names, else those it is known by. With a mapping of columns a
 * field that is not listed has none, so that a column of another meaning is not taken for it.
 */
export function candidatesOf(mapping: RuleMapping): ReadonlyMap<string, readonly string[]> {
  const layout = RULE_LAYOUTS[mapping.kind];
  const known = new Map<string, readonly string[]>([
    ['code', ['code']],
    ...layout.subjects.flatMap(({ name, columns, kindColumns }): [string, readonly string[]][] => [
      [name, columns],
      [`${name}Kind`, kindColumns],
    ]),
    ...Object.entries(layout.fields).map(([name, { columns }]): [string, readonly string[]] => [
      name,
      columns,
    ]),
  ]);
  if (mapping.columns.size === 0) return known;
  return new Map([...mapping.columns].map(([name, column]) => [name, [column]]));
}
