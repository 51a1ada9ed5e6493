import { ImportRefused } from '../imports.errors.js';
import type { RowRef, SourceReject } from '../source.types.js';

/** Rows and characters held at most while files are joined: some 300 MB, ten times the largest file set known. */
const MOST_ROWS = 4_000_000;
const MOST_CHARACTERS = 160_000_000;

/** Between the values of a row held; no text holds it. */
const SEPARATOR = '\u001f';

/** What all side tables of one import may hold together. */
export class JoinBudget {
  private rows = 0;
  private characters = 0;

  constructor(
    private readonly mostRows = MOST_ROWS,
    private readonly mostCharacters = MOST_CHARACTERS,
  ) {}

  /** Throws ImportRefused where the files to be joined hold more than fits. */
  charge(file: string, characters: number): void {
    this.rows += 1;
    this.characters += characters;
    if (this.rows > this.mostRows || this.characters > this.mostCharacters)
      throw new ImportRefused(
        `${file}: the files to be joined hold more than ${this.mostRows} rows or ${this.mostCharacters} characters, ` +
          'which is far more than any catalogue of this source. Import them in parts.',
      );
  }
}

/** A row of a side table. */
export interface SideRow {
  ref: RowRef;
  fields: readonly string[];
}

/**
 * Rows of one role held in memory, found by a key: what a product is joined with. A row is one flat string and two
 * numbers, so that 250,000 rows take some 30 MB. A row that was never taken is an orphan.
 */
export class SideTable {
  private readonly heads = new Map<string, number>();
  private readonly tails = new Map<string, number>();
  private readonly next: number[] = [];
  private readonly files: number[] = [];
  private readonly lines: number[] = [];
  private readonly values: string[] = [];
  private readonly taken: boolean[] = [];

  constructor(private readonly budget: JoinBudget) {}

  add(key: string, ref: RowRef, fileName: string, fields: readonly string[]): void {
    const value = fields.map((field) => field.replaceAll(SEPARATOR, '\ufffd')).join(SEPARATOR);
    this.budget.charge(fileName, value.length + key.length);
    const at = this.values.length;
    this.values.push(value);
    this.files.push(ref.file);
    this.lines.push(ref.line);
    this.next.push(-1);
    this.taken.push(false);
    const tail = this.tails.get(key);
    if (tail === undefined) this.heads.set(detach(key), at);
    else this.next[tail] = at;
    this.tails.set(detach(key), at);
  }

  /** Keys in the order they were first met. */
  keys(): IterableIterator<string> {
    return this.heads.keys();
  }

  /** The rows of a key in the order of the files, marked as taken. */
  take(key: string): SideRow[] {
    const rows: SideRow[] = [];
    for (let at = this.heads.get(key) ?? -1; at >= 0; at = this.next[at] ?? -1) {
      this.taken[at] = true;
      rows.push(this.row(at));
    }
    return rows;
  }

  /** The same without marking them. */
  peek(key: string): SideRow[] {
    const rows: SideRow[] = [];
    for (let at = this.heads.get(key) ?? -1; at >= 0; at = this.next[at] ?? -1) rows.push(this.row(at));
    return rows;
  }

  /** As `take` for rows nobody took before. */
  takeUntaken(key: string): SideRow[] {
    const rows: SideRow[] = [];
    for (let at = this.heads.get(key) ?? -1; at >= 0; at = this.next[at] ?? -1) {
      if (this.taken[at] === true) continue;
      this.taken[at] = true;
      rows.push(this.row(at));
    }
    return rows;
  }

  /** Rejects for the rows nobody took; `column` and the first value say what they were to be joined by. */
  *orphans(column: string | null, reason: string): Generator<SourceReject> {
    for (const [at, value] of this.values.entries()) {
      if (this.taken[at] === true) continue;
      const { ref } = this.row(at);
      yield {
        kind: 'reject',
        ...ref,
        reasons: [{ column, reason, value: value.replaceAll(SEPARATOR, ' | ').slice(0, 500) }],
      };
    }
  }

  private row(at: number): SideRow {
    return {
      ref: { file: this.files[at] ?? 0, line: this.lines[at] ?? 0 },
      fields: (this.values[at] ?? '').split(SEPARATOR),
    };
  }
}

/** The text without the longer text it was cut from, which would stay in memory with it. */
export function detach(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8');
}
