/** PostgreSQL's COPY text format: columns parted by tabs, rows ended by a line feed, `\N` for null. */

const SPECIAL = /[\\\n\r\t]/g;
const UNUSUAL = /[\0\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value COPY takes. */
export type CopyValue = string | number | boolean | null;

/** One value, escaped so that COPY reads back exactly this text. Throws on NUL, which PostgreSQL cannot store. */
export function encodeCopyValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return typeof value === 'boolean' ? (value ? 't' : 'f') : String(value);
  if (!UNUSUAL.test(value)) return value;
  if (value.includes('\0')) throw new RangeError('a text for COPY holds a NUL character');
  return value.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}

/** Columns of a row, without its line end. */
export function encodeCopyCells(values: readonly CopyValue[]): string {
  let row = '';
  for (let at = 0; at < values.length; at++)
    row += at === 0 ? encodeCopyValue(values[at] ?? null) : `\t${encodeCopyValue(values[at] ?? null)}`;
  return row;
}

/** One row with its line end. */
export const encodeCopyRow = (values: readonly CopyValue[]): string => `${encodeCopyCells(values)}\n`;

/** A text as PostgreSQL can store it: NUL and halves of surrogate pairs become the replacement character. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
