import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { CsvError, parse } from 'csv-parse';

import { ImportRefused } from './imports.errors.js';
import { missingColumns, type SourceMapping } from './mapping.domain.js';
import { readTextFile } from './source-file.js';

/** A data row of a file: its values by column name, or why it has none. */
export type SourceRecord = { line: number } & (
  { values: Readonly<Record<string, string | undefined>> } | { reason: string; raw: string }
);

/** Longest record taken, in bytes: a quote that is never closed would otherwise swallow the file into memory. */
const LONGEST_RECORD = 1024 * 1024;

/** Says in plain words what is wrong with a file that is not CSV; `line` is where the row at fault begins. */
function explain(error: CsvError, file: string, line: number): ImportRefused {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return new ImportRefused(
        `${file}, line ${line}: a quote is opened here and not closed, or the row is longer than ${LONGEST_RECORD} bytes.`,
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return new ImportRefused(
        `${file}, line ${line}: a quote stands where none may be. A quote inside a value is written twice, and the value quoted.`,
      );
    default:
      return new ImportRefused(`${file}, line ${line}: ${error.message}.`);
  }
}

function checkHeader(file: string, mapping: SourceMapping, header: readonly string[]): void {
  const missing = missingColumns(mapping, header);
  if (missing.length > 0)
    throw new ImportRefused(
      `${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}. Its header has: ${header.join(', ').slice(0, 500)}.`,
    );
  const twice = Object.values(mapping.columns).find(
    (column) => header.indexOf(column) !== header.lastIndexOf(column),
  );
  if (twice !== undefined) throw new ImportRefused(`${file} has the column ${twice} twice.`);
}

function countLineBreaks(record: readonly string[]): number {
  let breaks = 0;
  for (const value of record) {
    if (value.includes('\n') || value.includes('\r')) breaks += value.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return breaks;
}

/** Gives records their line and their values by name; the first one is the header. */
class RecordReader {
  private header: readonly string[] | undefined;
  private columns: ReadonlyArray<readonly [column: string, at: number]> = [];
  private linesOfRecords = 0;
  /** Lines of records that are parsed and not taken yet. */
  private readonly lines: number[] = [];

  constructor(
    private readonly file: string,
    private readonly mapping: SourceMapping,
  ) {}

  get hasHeader(): boolean {
    return this.header !== undefined;
  }

  /** Line at which the next record begins. */
  nextLine(emptyLines: number): number {
    return this.linesOfRecords + emptyLines + 1;
  }

  /** Counts the lines of a record while it is parsed: a fault is told with its line though rows before it wait. */
  readonly note = (record: string[], { empty_lines }: { empty_lines: number }): string[] => {
    this.lines.push(this.nextLine(empty_lines));
    this.linesOfRecords += 1 + countLineBreaks(record);
    return record;
  };

  /** Null for the header. */
  read(record: readonly string[]): SourceRecord | null {
    const line = this.lines.shift() ?? 0;
    if (this.header === undefined) {
      this.readHeader(record.map((name) => name.trim()));
      return null;
    }
    if (record.length === this.header.length) return { line, values: this.pick(record) };
    const reason = `has ${record.length} columns where the header has ${this.header.length}`;
    return { line, reason, raw: record.join(this.mapping.format.delimiter).slice(0, 500) };
  }

  private readHeader(names: readonly string[]): void {
    checkHeader(this.file, this.mapping, names);
    this.columns = Object.values(this.mapping.columns).map((column) => [column, names.indexOf(column)]);
    this.header = names;
  }

  private pick(record: readonly string[]): Record<string, string | undefined> {
    const values: Record<string, string | undefined> = {};
    for (const [column, at] of this.columns) values[column] = record[at];
    return values;
  }
}

/**
 * The data rows of a CSV file (RFC 4180 with the mapping's delimiter and quote), streamed. A row with another number
 * of columns than the header comes with a reason instead of values; a file that is no CSV throws ImportRefused.
 */
export async function* readCsvFile(
  path: string,
  mapping: SourceMapping,
  onBytes: (chunk: Buffer) => void,
): AsyncGenerator<SourceRecord> {
  const file = basename(path);
  const { encoding, delimiter, quote } = mapping.format;
  const reader = new RecordReader(file, mapping);
  const parser = parse({
    bom: true,
    encoding: encoding === 'latin1' ? 'latin1' : 'utf8',
    delimiter,
    quote,
    escape: quote,
    max_record_size: LONGEST_RECORD,
    on_record: reader.note,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const feeding = pipeline(Readable.from(readTextFile(path, encoding, onBytes)), parser);
  feeding.catch(() => undefined); // the loop below meets the same error
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const read = reader.read(record);
      if (read !== null) yield read;
    }
    await feeding;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const emptyLines = 'empty_lines' in error ? Number(error.empty_lines) : 0;
    throw explain(error, file, reader.nextLine(emptyLines));
  }
  if (!reader.hasHeader) throw new ImportRefused(`${file} is empty: it has no header.`);
}
