import { JSONParser } from '@streamparser/json';

import { ImportRefused } from './imports.errors.js';
import type { SourceFile } from './source.types.js';

/** Nothing we read is nested deeper than six levels; what is, is not meant to be read. */
const DEEPEST = 16;
/** Longest entry, and all text outside of entries, in characters. */
const LONGEST_ENTRY = 2 * 1024 * 1024;

/** An entry of the file, from 1 on, or why it has none. */
export type JsonEntry = { number: number } & ({ value: unknown } | { problem: string; raw: string });

const BACKSLASH = 0x5c;
const QUOTE = 0x22;

/** What a file of JSON entries is. */
export interface JsonLayout {
  /** As people are told: "an openFDA file". */
  readonly title: string;
  /** Key of the list of entries, where the text is an object. */
  readonly list: string;
  /** Keys of which every entry has one: an object with one in the first line means one entry in each line. */
  readonly keys: readonly string[];
}

/** Watches JSON text as it passes: nesting, and how much of it is held at a time. */
class JsonGuard {
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private held = 0;
  private outside = 0;

  /** `entryDepth`: nesting at which an entry begins. */
  constructor(
    private readonly name: string,
    private readonly entryDepth: number,
    private readonly title: string,
  ) {}

  /** Throws ImportRefused where the text is nested too deep or an entry is too long. */
  check(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.isInString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (code === BACKSLASH) this.isEscaped = true;
        else if (code === QUOTE) this.isInString = false;
      } else if (code === QUOTE) this.isInString = true;
      else if (code === 0x7b || code === 0x5b) {
        if (++this.depth > DEEPEST) throw this.refuse(`is nested deeper than ${DEEPEST} levels`);
      } else if (code === 0x7d || code === 0x5d) this.depth--;
      if (this.depth >= this.entryDepth) {
        if (++this.held > LONGEST_ENTRY)
          throw this.refuse(`has an entry of more than ${LONGEST_ENTRY} characters`);
      } else {
        this.held = 0;
        // White space between entries is not held.
        if (code > 0x20 && code !== 0x2c && ++this.outside > LONGEST_ENTRY)
          throw this.refuse(`has more than ${LONGEST_ENTRY} characters outside of its entries`);
      }
    }
  }

  private refuse(what: string): ImportRefused {
    return new ImportRefused(`${this.name} ${what}; it is not ${this.title}.`);
  }
}

/** The first line of a text and all that was read to see it. */
async function readStart(
  pieces: AsyncIterator<string>,
  name: string,
): Promise<{ text: string; line: string }> {
  let text = '';
  for (;;) {
    const end = text.search(/\S[^\n]*\n/);
    if (end >= 0) return { text, line: /\S[^\n]*/.exec(text)?.[0] ?? '' };
    const next = await pieces.next();
    if (next.done === true) return { text, line: text.trim() };
    text += next.value;
    // A dump may have no line end at all; what stands at its beginning is enough to tell it.
    if (text.length > LONGEST_ENTRY) return { text, line: text.slice(0, 1000) };
    if (text.length === 0) throw new ImportRefused(`${name} is empty.`);
  }
}

function isEntryLine(line: string, keys: readonly string[]): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && keys.some((key) => Object.hasOwn(value, key));
  } catch {
    return false;
  }
}

/**
 * The entries of a JSON file one by one: a list within an object ({meta, results: […]}), an array, or one object in each line. Bounded
 * in depth and in what is held of it. Throws ImportRefused where the text is no JSON.
 */
export async function* readJsonEntries(
  file: SourceFile,
  layout: JsonLayout,
): AsyncGenerator<readonly JsonEntry[]> {
  const pieces = file.text();
  const { text, line } = await readStart(pieces, file.name);
  if (line.startsWith('{') && isEntryLine(line, layout.keys)) yield* readLines(file, text, pieces);
  else yield* readDump(file, layout, text, pieces);
}

async function* readDump(
  file: SourceFile,
  layout: JsonLayout,
  start: string,
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly JsonEntry[]> {
  const isArray = start.trimStart().startsWith('[');
  const guard = new JsonGuard(file.name, isArray ? 2 : 3, layout.title);
  const parser = new JSONParser({ paths: [isArray ? '$.*' : `$.${layout.list}.*`], keepStack: false });
  let entries: JsonEntry[] = [];
  let number = 0;
  let failure: Error | undefined;
  parser.onValue = ({ value }) => entries.push({ number: ++number, value });
  parser.onError = (error) => (failure ??= error);
  const take = (piece: string): readonly JsonEntry[] => {
    guard.check(piece);
    parser.write(piece);
    if (failure !== undefined)
      throw new ImportRefused(
        `${file.name} is not JSON after entry ${number}: ${failure.message.slice(0, 200)}`,
      );
    const taken = entries;
    entries = [];
    file.countRows(taken.length);
    return taken;
  };
  yield take(start);
  for await (const piece of pieces) yield take(piece);
  if (!parser.isEnded)
    throw new ImportRefused(
      `${file.name} ends in the middle, after entry ${number}: it is cut off or not JSON.`,
    );
}

async function* readLines(
  file: SourceFile,
  start: string,
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly JsonEntry[]> {
  let rest = '';
  let number = 0;
  const take = (text: string, isLast: boolean): readonly JsonEntry[] => {
    const lines = (rest + text).split('\n');
    rest = isLast ? '' : (lines.pop() ?? '');
    if (rest.length > LONGEST_ENTRY)
      throw new ImportRefused(
        `${file.name}, line ${number + lines.length + 1}: is longer than ${LONGEST_ENTRY} characters.`,
      );
    const entries: JsonEntry[] = [];
    for (const line of lines) {
      number++;
      if (line.trim() !== '') entries.push(readLine(line, number));
    }
    file.countRows(entries.length);
    return entries;
  };
  yield take(start, false);
  for await (const piece of pieces) yield take(piece, false);
  yield take('', true);
}

function readLine(line: string, number: number): JsonEntry {
  try {
    new JsonGuard('', 1, '').check(line);
    return { number, value: JSON.parse(line) as unknown };
  } catch {
    return { number, problem: 'is not a JSON object', raw: line.slice(0, 500) };
  }
}
