import { DelimitedFault, DelimitedScanner, LONGEST_ROW, type DelimitedFormat } from './delimited.domain.js';
import { ImportRefused } from './imports.errors.js';
import type { SourceFile } from './source.types.js';

/** How to read a file of delimited text. */
export interface DelimitedOptions extends DelimitedFormat {
  /** Column names: those of the first row, given here where the file has none, or "1", "2", … (`numbered`). */
  header: 'first-row' | 'numbered' | readonly string[];
  /** Columns wanted, by name, in the order of `DelimitedRow.fields`. A missing one refuses the file. */
  columns: readonly string[];
  /** Further columns wanted, behind the others; one that is missing reads as ''. */
  optional?: readonly string[];
}

/** A data row: the values of the columns asked for, or why it has none. It is counted as read either way. */
export type DelimitedRow = { line: number } & (
  { fields: readonly string[] } | { problem: string; raw: string }
);

function explain(fault: DelimitedFault, file: string): ImportRefused {
  return fault.fault === 'quote-misplaced'
    ? new ImportRefused(
        `${file}, line ${fault.line}: a quote stands where none may be. A quote inside a value is written twice, and the value quoted.`,
      )
    : new ImportRefused(
        `${file}, line ${fault.line}: a quote is opened here and not closed, or the row is longer than ${LONGEST_ROW} bytes.`,
      );
}

function placesOf(file: string, header: readonly string[], options: DelimitedOptions): number[] {
  const { columns, optional = [] } = options;
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new ImportRefused(
      `${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}. Its header has: ${header.join(', ').slice(0, 500)}.`,
    );
  const wanted = [...columns, ...optional];
  const twice = wanted.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice !== undefined) throw new ImportRefused(`${file} has the column ${twice} twice.`);
  return wanted.map((column) => header.indexOf(column));
}

/**
 * The data rows of a file, in batches, each counted as read. A row with another number of columns than the header comes
 * with a problem instead of values; text that is no such table throws ImportRefused.
 */
export async function* readDelimited(
  file: SourceFile,
  options: DelimitedOptions,
): AsyncGenerator<readonly DelimitedRow[]> {
  const scanner = new DelimitedScanner(options);
  let width = 0;
  let places: number[] | undefined;
  const begin = (header: readonly string[]): void => {
    places = placesOf(file.name, header, options);
    width = header.length;
  };
  const { header } = options;
  if (header !== 'first-row' && header !== 'numbered') begin(header);

  const take = (scanned: ReturnType<DelimitedScanner['push']>): DelimitedRow[] => {
    let rows = scanned;
    if (places === undefined) {
      const [first, ...others] = rows;
      if (first === undefined) return [];
      if (header === 'numbered') begin(first.fields.map((_, place) => String(place + 1)));
      else {
        begin(first.fields.map((name) => name.trim()));
        rows = others;
      }
    }
    const at = places ?? [];
    file.countRows(rows.length);
    return rows.map(({ line, fields, isBroken }) => {
      if (fields.length === width && isBroken !== true)
        return { line, fields: at.map((place) => fields[place] ?? '') };
      const problem =
        isBroken === true
          ? 'has a quote out of place'
          : `has ${fields.length} columns where the header has ${width}`;
      return { line, problem, raw: fields.join(options.delimiter).slice(0, 500) };
    });
  };

  try {
    for await (const piece of file.utf8()) {
      const rows = take(scanner.push(piece));
      if (rows.length > 0) yield rows;
    }
    const rows = take(scanner.end());
    if (rows.length > 0) yield rows;
  } catch (error) {
    throw error instanceof DelimitedFault ? explain(error, file.name) : error;
  }
  if (places === undefined) throw new ImportRefused(`${file.name} is empty: it has no header.`);
}
