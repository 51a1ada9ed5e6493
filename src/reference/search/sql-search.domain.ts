import { foldText, tokenise } from '../../platform/text/fold.js';

/** More words than anybody types; a pasted name of 500 characters is found as a whole. */
const MAX_WORDS = 8;
/** Longer than any word of a product name; PostgreSQL refuses lexemes of more than 2,046 bytes. */
const MAX_WORD_LENGTH = 64;
/** Words shorter than this (mg, ml, c, 5) are in half of all names: they confirm a match, they do not find one. */
const MIN_LOOKUP_LENGTH = 3;
/** The highest code point: closes the range of texts that begin with a prefix. */
const LAST_CHARACTER = '\u{10FFFF}';

/** One word of a query, in the forms the statement needs. */
export interface SearchWord {
  /** Folded. */
  readonly word: string;
  /** Regular expression for the word at the beginning of a word of a folded text. */
  readonly pattern: string;
  /** True when the word is looked up in the indexes; the others are checked on what those found. */
  readonly isLookup: boolean;
  /** Text for to_tsquery('english', …): the word as a prefix. */
  readonly query: string;
  /**
   * Shorter whole lexemes that an unfinished word may have been stemmed to: "injectio" is not a prefix of "inject",
   * which is what the index holds for "injection". What they find is kept only where the word itself stands.
   */
  readonly looseQuery: string | null;
  /** Text for to_tsquery('simple', …) over the Arabic name: the usual spellings of the word; null for others. */
  readonly arabicQuery: string | null;
}

/** What a search text asks for. */
export interface SearchPlan {
  /** The whole text folded; empty when it holds no letter or digit. */
  readonly folded: string;
  /** Names that begin with `folded` lie from `folded` to before this, byte by byte. */
  readonly prefixEnd: string;
  readonly words: readonly SearchWord[];
  /** 14 digits when the text can be a barcode. */
  readonly gtin: string | null;
  /** The text itself, lower case, when it folds to nothing ("%", "***"): it is looked for as written. */
  readonly literal: string | null;
}

/** Reads a search text. Never throws; an empty text gives no words and no literal. */
export function planSearch(text: string): SearchPlan {
  const trimmed = text.trim();
  const folded = foldText(trimmed);
  const spellings = spellingsAsTyped(trimmed);
  const words = [...new Set(tokenise(trimmed))]
    .slice(0, MAX_WORDS)
    .map((word) => cut(word))
    .filter((word) => word !== '');
  const longWords = words.filter(isLookupWord);
  const digits = trimmed.replaceAll(/[\s-]/g, '');
  return {
    folded,
    prefixEnd: folded + LAST_CHARACTER,
    words: words.map((word) => ({
      word,
      pattern: patternOf(word),
      isLookup: longWords.length === 0 || longWords.includes(word),
      query: englishQueryOf(word, spellings.get(word)),
      looseQuery: looseQueryOf(word),
      arabicQuery: arabicQueryOf(word, spellings.get(word)),
    })),
    gtin: /^\d{8,14}$/.test(digits) ? digits.padStart(14, '0') : null,
    literal: folded === '' && trimmed !== '' ? trimmed.toLowerCase() : null,
  };
}

/** Characters `start` to `end` (UTF-16, end exclusive) of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const SEGMENT = /\p{N}[\p{N}./+٫]*[%٪]?|[\p{L}\p{M}][\p{L}\p{N}\p{M}]*/gu;

/** Where words of the query begin words of a text, for showing; the longest word wins where several do. */
export function findHighlights(plan: SearchPlan, text: string): Span[] {
  if (plan.literal !== null) {
    const start = text.toLowerCase().indexOf(plan.literal);
    return start < 0 ? [] : [{ start, end: start + plan.literal.length }];
  }
  const spans: Span[] = [];
  for (const segment of text.matchAll(SEGMENT)) {
    const folded = foldText(segment[0]);
    const longest = plan.words
      .filter(({ word }) => folded.startsWith(word))
      .reduce((length, { word }) => Math.max(length, word.length), 0);
    if (longest > 0)
      spans.push({ start: segment.index, end: segment.index + foldedPrefix(segment[0], longest) });
  }
  return spans;
}

/** How many characters of a word it takes until its folded form has so many. */
function foldedPrefix(word: string, foldedLength: number): number {
  let end = 0;
  for (const character of word) {
    end += character.length;
    if (foldText(word.slice(0, end)).length >= foldedLength) break;
  }
  return end;
}

const cut = (word: string): string => [...word].slice(0, MAX_WORD_LENGTH).join('');

const isLookupWord = (word: string): boolean => /^\p{L}/u.test(word) && [...word].length >= MIN_LOOKUP_LENGTH;

/** The words as typed, lower case, by their folded form: the index holds names unfolded ("crème"). */
function spellingsAsTyped(text: string): Map<string, string> {
  const segments = text.toLowerCase().match(SEGMENT) ?? [];
  return new Map(segments.map((segment) => [cut(foldText(segment)), cut(segment)]));
}

/** A lexeme as to_tsquery reads it: between quotes, quotes and backslashes doubled, so no character is an operator. */
const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, '$&$&')}'`;

const prefixed = (word: string): string => `${quoted(word)}:*`;

function englishQueryOf(word: string, spelling: string | undefined): string {
  // "5%" is the number 5 to PostgreSQL; as a prefix it would find every 50 and 500.
  if (word.endsWith('%')) return quoted(word.slice(0, -1));
  // One or two characters begin too many words: only the whole word, beside the names that begin with it.
  if ([...word].length < MIN_LOOKUP_LENGTH) return quoted(word);
  return spelling === undefined || spelling === word
    ? prefixed(word)
    : `${prefixed(word)} | ${prefixed(spelling)}`;
}

function looseQueryOf(word: string): string | null {
  if (!/^[a-z]{6,}$/.test(word)) return null;
  const shorter: string[] = [];
  for (let length = word.length - 1; length >= Math.max(5, word.length - 4); length--)
    shorter.push(quoted(word.slice(0, length)));
  return shorter.join(' | ');
}

function arabicQueryOf(word: string, spelling: string | undefined): string | null {
  if (!/\p{Script=Arabic}/u.test(word)) return null;
  const heads = word.startsWith('ا') ? ['ا', 'أ', 'إ', 'آ'].map((alef) => alef + word.slice(1)) : [word];
  const tails: Readonly<Record<string, string>> = { ه: 'ة', ي: 'ى' };
  const tail = tails[word.slice(-1)];
  const forms = tail === undefined ? heads : heads.flatMap((form) => [form, form.slice(0, -1) + tail]);
  if (spelling !== undefined) forms.push(spelling);
  return [...new Set(forms)].map(prefixed).join(' | ');
}

function patternOf(word: string): string {
  const isPercent = word.endsWith('%');
  const escaped = (isPercent ? word.slice(0, -1) : word).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A letter before would make it the inside of a word; a digit or point before, the inside of a number.
  const before = /^\p{N}/u.test(word) ? '(^|[^0-9.])' : '(^|[^[:alpha:]])';
  return `${before}${escaped}${isPercent ? '(%| |$)' : ''}`;
}
