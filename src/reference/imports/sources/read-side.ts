import { readDelimited, type DelimitedOptions } from '../delimited.js';
import type { SourceFile, SourceInput, SourceReject, RowRef } from '../source.types.js';
import type { SideTable } from './side-table.js';

/**
 * The reject for a row that has no values. `sourceId` is the product it was to be, as far as it can be told, so that it is
 * not taken for one that left the source; "" where it cannot.
 */
export function brokenRow(
  file: SourceFile,
  row: { line: number; problem: string; raw: string },
  sourceId = '',
): SourceReject {
  return {
    kind: 'reject',
    file: file.index,
    line: row.line,
    ...(sourceId === '' ? {} : { sourceId }),
    reasons: [{ column: null, reason: row.problem, value: row.raw }],
  };
}

/** A reject for one fault of a row. */
export function rejectRow(ref: RowRef, column: string | null, reason: string, value: string): SourceReject {
  return { kind: 'reject', file: ref.file, line: ref.line, reasons: [{ column, reason, value }] };
}

/** Reads every file of a role into a side table. `keyOf` gives the key of a row, or why it has none. */
export async function* loadSide(
  input: SourceInput,
  role: string,
  options: DelimitedOptions,
  table: SideTable,
  keyOf: (fields: readonly string[]) => string,
  keyColumn: string,
): AsyncGenerator<readonly SourceReject[]> {
  for (const file of input.of(role)) {
    for await (const rows of readDelimited(file, options)) {
      const rejects: SourceReject[] = [];
      for (const row of rows) {
        if ('problem' in row) {
          rejects.push(brokenRow(file, row));
          continue;
        }
        const key = keyOf(row.fields);
        const ref = { file: file.index, line: row.line };
        if (key === '') rejects.push(rejectRow(ref, keyColumn, 'is empty', ''));
        else table.add(key, ref, file.name, row.fields);
      }
      if (rejects.length > 0) yield rejects;
    }
  }
}
