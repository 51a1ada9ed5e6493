/** Reads what was typed: words, numbers with units, wildcards, quoted phrases, digits of a barcode, bare punctuation. */
import { bareNumberWord, isNumberWord, isUnitWord, measureWord } from './measures.domain.js';
import { hashOfName } from './text-hash.domain.js';
import { literalWordsOf, wordsOf } from './tokens.domain.js';

export const LONGEST_QUERY = 1000;
/** More words than anybody types; a pasted name is found as a whole name, by all its words. */
const MOST_WORDS = 16;
const SHORTEST_BARCODE = 6;

/** One word to be met by every hit. */
export interface QueryWord {
  /** Folded; what to show for it. */
  readonly text: string;
  readonly sort: 'word' | 'measure' | 'wildcard' | 'literal';
  /** True for a number, with or without a unit, that stands beside other words. */
  readonly isNumber?: boolean;
  /** True: a longer word that begins with it will do. */
  readonly mayBeUnfinished: boolean;
  /** For a measure: the words that stand for it, best first. */
  readonly forms?: readonly string[];
  /** Set where the text was divided into words anew: what that costs a hit. */
  readonly penalty?: number;
}

export interface QueryPhrase {
  readonly words: readonly string[];
  /** The quotation mark is still missing: the last word may be unfinished. */
  readonly isOpen: boolean;
}

export interface QueryPlan {
  readonly words: readonly QueryWord[];
  readonly phrases: readonly QueryPhrase[];
  /** All words as they would be those of a name. */
  readonly nameWords: readonly string[];
  readonly nameHash: number;
  /** Digits, when the text can be a barcode. */
  readonly barcode: string | null;
  /** True: lists everything. */
  readonly isEmpty: boolean;
  /** True: nothing but `*` and `?`; lists everything when no name holds them. */
  readonly isOnlyWildcards: boolean;
}

const QUOTES = /["“”„«»]/;
/** Letters that fold to themselves and stand for * and ? while a text is split into words. */
const MANY = '\u10f5';
const ONE = '\u10f4';
const STAND_INS = /[\u10f4\u10f5]/;
const HAS_CONTENT = /[\p{L}\p{N}]/u;

/** Reads a search text; never throws. */
export function readQuery(typed: string): QueryPlan {
  const text = typed.slice(0, LONGEST_QUERY).trim();
  const nameWords = wordsOf(text);
  const digits = text.replace(/[\s-]/g, '');
  const plan = {
    nameWords,
    nameHash: hashOfName(text),
    barcode: digits.length >= SHORTEST_BARCODE && /^\d+$/.test(digits) ? digits : null,
    isEmpty: text === '',
    isOnlyWildcards: nameWords.length === 0 && /^[*?\s]+$/.test(text),
  };
  if (nameWords.length === 0) {
    const words = literalWordsOf(text, true).map((literal): QueryWord => ({
      text: literal,
      sort: 'literal',
      mayBeUnfinished: true,
    }));
    return { ...plan, words: words.slice(0, MOST_WORDS), phrases: [] };
  }
  const words: QueryWord[] = [];
  const phrases: QueryPhrase[] = [];
  const parts = text.split(QUOTES);
  for (const [n, part] of parts.entries()) {
    const isLastPart = n === parts.length - 1;
    // Odd parts stand between quotation marks.
    if (n % 2 === 0) words.push(...plainWords(part, isLastPart));
    else {
      const quoted = wordsOf(part);
      if (quoted.length > 1 || (quoted.length === 1 && !isLastPart))
        phrases.push({ words: quoted, isOpen: isLastPart });
      words.push(
        ...quoted.map((word, at): QueryWord => ({
          text: word,
          sort: 'word',
          mayBeUnfinished: isLastPart && at === quoted.length - 1,
        })),
      );
    }
  }
  return { ...plan, words: numbersMarked(distinct(words).slice(0, MOST_WORDS)), phrases };
}

/** Beside other words a number says nothing about which medicine is meant. */
function numbersMarked(words: readonly QueryWord[]): QueryWord[] {
  const isNumber = ({ sort, text }: QueryWord): boolean => sort === 'measure' || /^[0-9]/.test(text);
  const hasOthers = words.some((word) => !isNumber(word));
  return words.map((word) => (hasOthers && isNumber(word) ? { ...word, isNumber: true } : word));
}

function plainWords(text: string, isEnd: boolean): QueryWord[] {
  const marked = text.replace(/\S*[*?]\S*/gu, (chunk) =>
    HAS_CONTENT.test(chunk) ? chunk.replaceAll('*', MANY).replaceAll('?', ONE) : ' ',
  );
  const split = wordsOf(marked);
  const found: QueryWord[] = [];
  for (let at = 0; at < split.length; at++) {
    const word = split[at] ?? '';
    const next = split[at + 1];
    const isLast = isEnd && at === split.length - 1;
    if (STAND_INS.test(word)) {
      found.push(wildcard(word));
    } else if (isNumberWord(word) && next !== undefined && /^[\u10f4\u10f5]/.test(next)) {
      // "50*": a number ends where a letter begins, and the stand-ins are letters.
      found.push(wildcard(word + next));
      at++;
    } else if (isNumberWord(word) && next !== undefined && isUnitWord(next)) {
      const measure = measureWord(word, next) ?? '';
      found.push({
        text: `${word} ${next}`,
        sort: 'measure',
        mayBeUnfinished: false,
        forms: [measure, bareNumberWord(word)],
      });
      at++;
    } else {
      // "500" is not meant to find 5000, unless it is still being typed.
      const isNumber = /^[0-9]/.test(word);
      found.push({ text: word, sort: 'word', mayBeUnfinished: isLast || (!isNumber && word.length > 1) });
    }
  }
  return found;
}

function wildcard(word: string): QueryWord {
  const text = word
    .replaceAll(MANY, '*')
    .replaceAll(ONE, '?')
    .replace(/\*{2,}/g, '*');
  return { text, sort: 'wildcard', mayBeUnfinished: false };
}

function distinct(words: readonly QueryWord[]): QueryWord[] {
  const byText = new Map<string, QueryWord>();
  for (const word of words) {
    const same = byText.get(word.text);
    // Of "500 … 500" being typed the finished one says more.
    if (same === undefined || (same.mayBeUnfinished && !word.mayBeUnfinished)) byText.set(word.text, word);
  }
  return [...byText.values()];
}

/** Whether a folded word fits a pattern of `*` (any characters) and `?` (one character). */
export function fitsPattern(pattern: string, chars: Uint16Array, start: number, length: number): boolean {
  let p = 0;
  let at = 0;
  let star = -1;
  let retry = 0;
  while (at < length) {
    const sign = pattern.charCodeAt(p);
    if (sign === STAR) {
      star = p++;
      retry = at;
    } else if (p < pattern.length && (sign === QUESTION || sign === chars[start + at])) {
      p++;
      at++;
    } else if (star >= 0) {
      p = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern.charCodeAt(p) === STAR) p++;
  return p === pattern.length;
}

const STAR = 0x2a;
const QUESTION = 0x3f;
