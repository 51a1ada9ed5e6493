const NEWLINE = 0x0a;

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPED = /\\(.)/gsu;

/** One column of COPY's text format: \N is null, a backslash escapes the character behind it. */
function columnOf(text: string): string | null {
  if (text === '\\N') return null;
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPED, (_, character: string) => ESCAPES[character] ?? character);
}

/** Columns of one row, without its line end. */
export const copyColumns = (line: string): (string | null)[] => line.split('\t').map(columnOf);

/**
 * Reads the rows of `COPY … TO STDOUT` (text format, UTF-8) from chunks cut anywhere. A row is complete with its line
 * end, which COPY also writes behind the last one; a tab or line end inside a column is escaped.
 */
export class CopyRows {
  private rest: Buffer = Buffer.alloc(0);

  /** The rows that are complete with this chunk. */
  read(chunk: Buffer): (string | null)[][] {
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const end = data.lastIndexOf(NEWLINE);
    this.rest = data.subarray(end + 1);
    if (end < 0) return [];
    return data.toString('utf8', 0, end).split('\n').map(copyColumns);
  }
}
