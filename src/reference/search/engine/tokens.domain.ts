/**
 * Words of a text for the search index and the search box. The result is that of `tokenise` (platform/text/fold) on
 * text whose numbers were tidied first; a table-driven scan does the common characters, because half a million names
 * through regular expressions cost more than everything else in building the index.
 */
import { foldText, tokenise } from '../../../platform/text/fold.js';

/** Characters below this (Latin, Greek, Cyrillic, Hebrew, Arabic) are folded by table, the others by `foldText`. */
const TABLE_SIZE = 0x0700;
const SEPARATOR = 0;
/** Dropped without a trace: harakat, tatweel, combining accents, soft hyphen. */
const DROPPED = 1;
/** Folds to several characters or depends on its neighbours in a way the scan does not know. */
const SLOW = 2;

const SPACE = 0x20;
const ZERO = 0x30;
const PLUS = 0x2b;
const COMMA = 0x2c;
const POINT = 0x2e;
const SLASH = 0x2f;
const PERCENT = 0x25;

let table: Uint16Array | undefined;

/** Made on first use: some 1,800 calls of `foldText`. */
function foldTable(): Uint16Array {
  if (table !== undefined) return table;
  const made = new Uint16Array(TABLE_SIZE);
  for (let code = 0; code < TABLE_SIZE; code++) {
    const between = foldText(`a${String.fromCharCode(code)}a`);
    if (between === 'a a') made[code] = SEPARATOR;
    else if (between === 'aa') made[code] = DROPPED;
    else made[code] = between.length === 3 ? between.charCodeAt(1) : SLOW;
  }
  // Kept between digits only: the scan decides.
  for (const code of [PLUS, POINT, SLASH, PERCENT]) made[code] = code;
  made[0x066b] = POINT;
  made[0x066a] = PERCENT;
  table = made;
  return made;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isNumberSign = (code: number): boolean => code === PLUS || code === POINT || code === SLASH;

const COMMA_BETWEEN_DIGITS = /\p{Nd},\p{Nd}/u;
const GROUPED = /(?<![\p{L}\p{N}.,])\p{Nd}{1,3}(?:,\p{Nd}{3})+(?![\p{Nd},])/gu;
const DECIMAL_COMMA = /(?<![\p{L}\p{N}.,])(\p{Nd}+),(\p{Nd}{1,2})(?![\p{Nd},.])/gu;
const LEADING_POINT = /(?<![\p{L}\p{N}%٪)])[.٫](?=\p{Nd})/gu;
const SPACED_PERCENT = /(\p{Nd}) +([%٪])/gu;

/** "1,000" → "1000", "0,5" → "0.5", ".5" → "0.5", "5 %" → "5%". */
function tidyNumbers(text: string): string {
  let tidy = text;
  if (COMMA_BETWEEN_DIGITS.test(tidy))
    tidy = tidy.replace(GROUPED, (group) => group.replaceAll(',', '')).replace(DECIMAL_COMMA, '$1.$2');
  return tidy.replace(LEADING_POINT, '0.').replace(SPACED_PERCENT, '$1$2');
}

const DECIMAL = /^\d+\.\d+$/;

/** "1.50" and "1.5" are one number. */
function tidyNumberWord(word: string): string {
  if (word.charCodeAt(word.length - 1) !== ZERO || !DECIMAL.test(word)) return word;
  return word.replace(/\.?0+$/, '');
}

/** True when `tidyNumbers` may change the text: only then are its regular expressions worth running. */
function hasLooseNumbers(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === PERCENT || code === 0x066a) {
      if (text.charCodeAt(at - 1) === SPACE) return true;
    } else if (code === COMMA || code === POINT || code === 0x066b) {
      const before = at === 0 ? SPACE : text.charCodeAt(at - 1);
      const after = text.charCodeAt(at + 1);
      const isDigitAfter = isDigit(after) || after > 0x65f;
      if (isDigitAfter && (code === COMMA || !isDigit(before))) return true;
    }
  }
  return false;
}

/**
 * The folded words of a text, in order: "500mg" is "500", "mg"; "5 %" is "5%"; "1,000" is "1000".
 * Never throws; a text without letters and digits has none.
 */
export function wordsOf(text: string): string[] {
  const source = hasLooseNumbers(text) ? tidyNumbers(text) : text;
  const lower = source.toLowerCase();
  // Most words are pieces of the text in lower case: cut out, not put together letter by letter.
  const canCut = lower.length === source.length;
  const fold = foldTable();
  const words: string[] = [];
  let start = 0;
  let length = 0;
  let isCut = canCut;
  let word = '';
  // A word that so far is a number ("500", "5/10", "5%") ends where a letter begins.
  let isNumber = false;
  let isAfterDigit = false;
  let isAfterSign = false;
  for (let at = 0; at <= source.length; at++) {
    const raw = at === source.length ? SPACE : source.charCodeAt(at);
    const code = raw < TABLE_SIZE ? (fold[raw] ?? SLOW) : SLOW;
    if (code === SLOW) return slowWordsOf(source);
    const isDigitHere = isDigit(code);
    const isSign = code === PERCENT || isNumberSign(code);
    const isKept = isSign && isAfterDigit && (code === PERCENT || isDigit(nextCode(source, at + 1, fold)));
    if (code === DROPPED) {
      if (length > 0 && isCut) {
        word = lower.slice(start, start + length);
        isCut = false;
      }
      continue;
    }
    const isEnd = code === SEPARATOR || (isSign && !isKept);
    if (length > 0 && (isEnd || (isNumber && !isDigitHere && !isSign))) {
      words.push(tidyNumberWord(isCut ? lower.slice(start, start + length) : word));
      length = 0;
    }
    isAfterDigit = isDigitHere;
    if (isEnd) continue;
    if (length === 0) {
      start = at;
      isCut = canCut;
      word = '';
      isNumber = isDigitHere;
    } else if (isAfterSign && isDigitHere) isNumber = true;
    isAfterSign = isSign;
    if (isCut && lower.charCodeAt(at) !== code) {
      word = lower.slice(start, start + length);
      isCut = false;
    }
    if (!isCut) word += String.fromCharCode(code);
    length++;
  }
  return words;
}

function nextCode(text: string, from: number, fold: Uint16Array): number {
  for (let at = from; at < text.length; at++) {
    const raw = text.charCodeAt(at);
    const code = raw < TABLE_SIZE ? (fold[raw] ?? SLOW) : SLOW;
    if (code !== DROPPED) return code;
  }
  return SEPARATOR;
}

function slowWordsOf(text: string): string[] {
  return tokenise(text).map(tidyNumberWord);
}

const PUNCTUATION_RUN = /[^\p{L}\p{N}\p{M}\s]+/gu;
/** In a third of all names, and nobody looks for them alone. */
const DULL_RUN = /^[.,()\-/+&':;]$/;
/** Opens words that stand for punctuation as written; sorts before every folded word. */
export const LITERAL_MARK = '\u0001';

/**
 * Punctuation of a name as words of their own, so that "%" finds "100%" and "***" the product that is called so.
 * Runs stand as written; single signs that are in every other name are left out unless the name is nothing else.
 */
export function literalWordsOf(text: string, isAll: boolean): string[] {
  if (!isAll && hasOnlyDullSigns(text)) return [];
  const runs = text.toLowerCase().match(PUNCTUATION_RUN) ?? [];
  const literals = new Set<string>();
  for (const run of runs) if (isAll || !DULL_RUN.test(run)) literals.add(LITERAL_MARK + run);
  return [...literals];
}

/** Letters, digits, blanks and single dull signs: nothing to note, as for nine names of ten. */
function hasOnlyDullSigns(text: string): boolean {
  let isAfterSign = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isPlain =
      isDigit(code) || code === SPACE || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
    const isDull =
      (code >= 0x26 && code <= 0x29) || (code >= 0x2b && code <= 0x2f) || code === 0x3a || code === 0x3b;
    if (!isPlain && (!isDull || isAfterSign)) return false;
    isAfterSign = !isPlain;
  }
  return true;
}
