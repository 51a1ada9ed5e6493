import { readDelimited } from '../delimited.js';
import { readJsonEntries, type JsonEntry } from '../json-entries.js';
import { ImportRefused } from '../imports.errors.js';
import type { FilesOfSource } from '../source-input.js';
import type { SourceFile } from '../source.types.js';
import { RULE_LAYOUTS } from './rule-fields.domain.js';
import { candidatesOf, readRuleMapping, type RuleMapping } from './rule-mapping.domain.js';
import type { RuleValues } from './rule-record.domain.js';

/** A row with its values by field, or why it has none. */
export type RuleRow = { readonly line: number } & (
  { readonly values: RuleValues } | { readonly problem: string; readonly raw: string }
);

const LONGEST_SHOWN = 500;

/**
 * How a file is read: by the mapping given (parsed JSON; none: by the names of its columns) and what was chosen beside it,
 * which goes first. Throws ImportRefused with every problem.
 */
export function ruleMappingFor(
  file: string,
  given: unknown,
  choice: { readonly source?: string | undefined; readonly kind?: string | undefined },
): RuleMapping {
  const format = /\.(?:json|jsonl|ndjson)(?:\.gz|\.zip)?$/i.test(file) ? 'json' : 'csv';
  const result = readRuleMapping(given ?? {}, { ...choice, format });
  if ('ok' in result) return result.ok;
  throw new ImportRefused(`The mapping is not usable:\n  ${result.problems.join('\n  ')}`);
}

/** A mapping as the source that opens its one file; archives are unpacked as those of the catalogue are. */
export const rulesSource = ({ source, format }: RuleMapping): FilesOfSource => ({
  name: source,
  files: [
    {
      role: 'rules',
      title: 'a file of rules',
      isRequired: true,
      allowsMany: false,
      encoding: format.encoding,
      recognise: () => true,
    },
  ],
});

/** The rows of a file, in batches, each counted as read. Throws ImportRefused where it is no such file as a whole. */
export async function* readRuleRows(
  file: SourceFile,
  mapping: RuleMapping,
): AsyncGenerator<readonly RuleRow[]> {
  const fields = candidatesOf(mapping);
  if (mapping.format.kind === 'json') {
    const keys = fields.get(RULE_LAYOUTS[mapping.kind].subjects[0]?.name ?? '') ?? [];
    for await (const entries of readJsonEntries(file, { title: 'a file of rules', list: 'rules', keys }))
      yield entries.map((entry) => rowOf(entry, fields, mapping));
    return;
  }
  const columns = [...new Set([...fields.values()].flat())];
  const isMapped = mapping.columns.size > 0;
  const options = {
    delimiter: mapping.format.delimiter,
    quote: mapping.format.quote,
    header: 'first-row' as const,
    columns: isMapped ? columns : [],
    optional: isMapped ? [] : columns,
  };
  const places = new Map(columns.map((column, place) => [column, place]));
  for await (const rows of readDelimited(file, options))
    yield rows.map((row): RuleRow => {
      if ('problem' in row) return row;
      const value = (column: string): string => row.fields[places.get(column) ?? -1] ?? '';
      return { line: row.line, values: valuesOf(fields, mapping, value) };
    });
}

function valuesOf(
  fields: ReadonlyMap<string, readonly string[]>,
  mapping: RuleMapping,
  value: (column: string) => string,
): RuleValues {
  const values = new Map<string, string>(mapping.constants);
  for (const [name, kind] of mapping.subjects) values.set(`${name}Kind`, kind);
  for (const [field, columns] of fields)
    for (const column of columns) {
      const text = value(column);
      if (text.trim() === '') continue;
      values.set(field, text);
      break;
    }
  return values;
}

function rowOf(
  entry: JsonEntry,
  fields: ReadonlyMap<string, readonly string[]>,
  mapping: RuleMapping,
): RuleRow {
  const { number: line } = entry;
  if ('problem' in entry) return { line, problem: entry.problem, raw: entry.raw };
  const { value } = entry;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, problem: 'is not a JSON object', raw: shown(value) };
  let odd: string | undefined;
  const values = valuesOf(fields, mapping, (column) => {
    const text = Object.hasOwn(value, column) ? textOf((value as Record<string, unknown>)[column]) : '';
    if (text === undefined) odd = column;
    return text ?? '';
  });
  if (odd !== undefined) return { line, problem: `has no text under "${odd}"`, raw: shown(value) };
  return { line, values };
}

const shown = (value: unknown): string => JSON.stringify(value).slice(0, LONGEST_SHOWN);

/** A value as a text of a table; a list is written with bars. Undefined: it is an object. */
function textOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join('|');
}
