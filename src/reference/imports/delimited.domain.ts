/**
 * Rows of delimited text (RFC 4180 with any one-byte delimiter and quote) out of UTF-8 bytes that come in pieces. Written
 * for speed: row ends are found on bytes and a row becomes text as a whole, so that half a million rows a few seconds and
 * no value keeps more than its row alive.
 */

/** How the text is written. */
export interface DelimitedFormat {
  /** One ASCII character. */
  delimiter: string;
  /** One ASCII character, doubled inside a quoted value; null where quotes mean nothing. */
  quote: string | null;
  /** True: no value holds a line end, so a row with a quote out of place is a fault of that row alone. */
  isRowALine?: boolean;
}

/** A fault of the text as a whole; `line` is where the row at fault begins. */
export class DelimitedFault extends Error {
  constructor(
    readonly line: number,
    readonly fault: 'quote-open' | 'quote-misplaced' | 'too-long',
  ) {
    super(`line ${line}: ${fault}`);
  }
}

/** Longest row taken, in bytes: a quote that is never closed would otherwise swallow the file into memory. */
export const LONGEST_ROW = 1024 * 1024;

const LF = 10;
const CR = 13;

/** A row as it stands in the text. */
export interface ScannedRow {
  line: number;
  fields: string[];
  /** The row has a quote out of place and is one field; only where `isRowALine`. */
  isBroken?: true;
}

/** Takes bytes piece by piece and gives the rows that are whole. Empty lines are skipped. */
export class DelimitedScanner {
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  private readonly quoteByte: number;

  constructor(private readonly format: DelimitedFormat) {
    this.quoteByte = format.quote === null ? -1 : format.quote.charCodeAt(0);
  }

  /** Rows that end in this piece. Throws DelimitedFault. */
  push(piece: Buffer): ScannedRow[] {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    return this.scan(bytes, false);
  }

  /** The last row, where the text does not end in a line end. Throws DelimitedFault. */
  end(): ScannedRow[] {
    return this.scan(this.rest, true);
  }

  private scan(bytes: Buffer, isLast: boolean): ScannedRow[] {
    const rows: ScannedRow[] = [];
    const find = new Finder(bytes, this.quoteByte);
    let at = 0;
    while (at < bytes.length) {
      const end = this.rowEnd(find, at, isLast);
      if (end === undefined) break;
      const { stop, next, breaks, hasQuote } = end;
      if (stop - at > LONGEST_ROW) throw new DelimitedFault(this.line, 'too-long');
      if (stop > at) {
        const text = bytes.toString('utf8', at, stop);
        rows.push(this.row(text, hasQuote));
      }
      this.line += breaks;
      at = next;
    }
    this.rest = at === 0 ? bytes : bytes.subarray(at);
    if (this.rest.length > LONGEST_ROW) throw new DelimitedFault(this.line, 'too-long');
    // The piece belongs to whoever reads the file and may be used again.
    if (this.rest.length > 0) this.rest = Buffer.from(this.rest);
    return rows;
  }

  private row(text: string, hasQuote: boolean): ScannedRow {
    const { line } = this;
    if (!hasQuote) return { line, fields: text.split(this.format.delimiter) };
    if (this.format.isRowALine !== true) return { line, fields: this.quotedFields(text) };
    try {
      return { line, fields: this.quotedFields(text) };
    } catch (error) {
      if (error instanceof DelimitedFault) return { line, fields: [text], isBroken: true };
      throw error;
    }
  }

  /** Where the row that begins at `at` ends: the first line end that is not inside quotes. */
  private rowEnd(find: Finder, at: number, isLast: boolean): RowEnd | undefined {
    const { bytes } = find;
    let from = at;
    let quotes = 0;
    let breaks = 1;
    for (;;) {
      const stop = find.lineEnd(from);
      // A CR at the very end may be the first half of a CRLF.
      const isCut = stop < 0 || (bytes[stop] === CR && stop + 1 === bytes.length);
      if (isCut && !isLast) return undefined;
      const end = stop < 0 ? bytes.length : stop;
      quotes += find.countQuotes(from, end);
      const width = bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1;
      if (quotes % 2 === 0 || this.format.isRowALine === true) {
        const next = stop < 0 ? end : end + width;
        return { stop: end, next, breaks: stop < 0 ? breaks - 1 : breaks, hasQuote: quotes > 0 };
      }
      if (stop < 0 || end - at > LONGEST_ROW) throw this.unbalanced(bytes, at);
      breaks += 1;
      from = end + width;
    }
  }

  /** Says whether a quote was opened and never closed, or stands inside a value that is not quoted. */
  private unbalanced(bytes: Buffer, at: number): DelimitedFault {
    const first = bytes.indexOf(this.quoteByte, at);
    const opensValue = first === at || bytes[first - 1] === this.format.delimiter.charCodeAt(0);
    return new DelimitedFault(this.line, opensValue ? 'quote-open' : 'quote-misplaced');
  }

  private quotedFields(text: string): string[] {
    const { delimiter } = this.format;
    const quote = this.format.quote ?? '';
    const fields: string[] = [];
    let at = 0;
    for (;;) {
      if (text[at] !== quote) {
        const stop = text.indexOf(delimiter, at);
        const value = stop < 0 ? text.slice(at) : text.slice(at, stop);
        if (value.includes(quote)) throw new DelimitedFault(this.line, 'quote-misplaced');
        fields.push(value);
        if (stop < 0) return fields;
        at = stop + 1;
        continue;
      }
      let value = '';
      let from = at + 1;
      let close: number;
      for (;;) {
        close = text.indexOf(quote, from);
        if (close < 0) throw new DelimitedFault(this.line, 'quote-open');
        if (text[close + 1] !== quote) break;
        value += text.slice(from, close + 1);
        from = close + 2;
      }
      fields.push(value === '' ? text.slice(from, close) : value + text.slice(from, close));
      if (close + 1 === text.length) return fields;
      if (text[close + 1] !== delimiter) throw new DelimitedFault(this.line, 'quote-misplaced');
      at = close + 2;
    }
  }
}

interface RowEnd {
  /** One past the last byte of the row. */
  stop: number;
  /** First byte of the next row. */
  next: number;
  /** Line ends passed. */
  breaks: number;
  hasQuote: boolean;
}

/** Finds line ends and quotes from left to right, remembering the next of each. */
class Finder {
  private nextLf = -2;
  private nextCr = -2;
  private nextQuote = -2;

  constructor(
    readonly bytes: Buffer,
    private readonly quote: number,
  ) {}

  /** The first LF or CR at or after `from`; -1 where there is none. */
  lineEnd(from: number): number {
    if (this.nextLf !== -1 && this.nextLf < from) this.nextLf = this.bytes.indexOf(LF, from);
    if (this.nextCr !== -1 && this.nextCr < from) this.nextCr = this.bytes.indexOf(CR, from);
    if (this.nextLf < 0) return this.nextCr;
    return this.nextCr < 0 ? this.nextLf : Math.min(this.nextLf, this.nextCr);
  }

  /** Quotes in [from, to). */
  countQuotes(from: number, to: number): number {
    if (this.quote < 0 || this.nextQuote === -1) return 0;
    let count = 0;
    if (this.nextQuote < from) this.nextQuote = this.bytes.indexOf(this.quote, from);
    while (this.nextQuote >= 0 && this.nextQuote < to) {
      count++;
      this.nextQuote = this.bytes.indexOf(this.quote, this.nextQuote + 1);
    }
    return count;
  }
}
