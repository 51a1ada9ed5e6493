/**
 * Other texts for a word that may be misspelt: near words (typing errors), words that sound alike in either script,
 * the two halves of words wrongly joined. Candidates of all lexicons are brought together before the best are kept, so
 * that one large segment and several small ones choose the same.
 */
import type { DictionaryIndex } from './dictionary-index.domain.js';
import { withoutArticle } from './everyday-words.domain.js';
import type { Lexicon } from './lexicon.domain.js';
import { LEAD_WITHIN, TYPO_COST, WORST_COST } from './match-code.domain.js';
import type { QueryWord } from './query.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import { hasSound, isArabicWord, skeletonOf, soundOf, vowelDistance } from './sound.domain.js';
import { ONE_EDIT_FROM, type SpellingIndex, TWO_EDITS_FROM } from './spelling-index.domain.js';
import type { Alternative } from './word-match.domain.js';

const MOST_ALTERNATIVES = 24;
/** Beside a correction that is so much likelier (in tenths of an edit) another one has no claim to the first hits. */
const FAR_FETCHED = 10;
const SHORTEST_CORRECTED = 3;
/** Words with the skeleton of the typed one in the other script are the same word up to this vowel distance. */
const SAME_WORD = 6;
const LONGEST_SOUND_DISTANCE = 7;
/** Words that sound alike are written with about as many letters; Arabic with fewer than Latin. */
const LENGTHS_APART = 2;
const LENGTHS_APART_IN_OTHER_SCRIPT = 4;
const SOUND_ALIKE = 13;
const SECOND_EDIT = 6;
/** Taking the article away from a word that is wrong besides. */
const ARTICLE = 2;

/** A lexicon with how many products stand behind its words. */
interface Source {
  readonly lexicon: Lexicon;
  readonly spelling: SpellingIndex;
  readonly frequency: (lo: number, hi: number) => number;
}

function sourcesOf(dictionary: DictionaryIndex, segments: readonly SearchSegment[]): Source[] {
  return [
    {
      lexicon: dictionary.lexicon,
      spelling: dictionary.spelling,
      frequency: (lo, hi) => frequencyOfEntities(dictionary, segments, lo, hi),
    },
    ...segments.map((segment) => ({
      lexicon: segment.lexicon,
      spelling: segment.spelling,
      frequency: (lo: number, hi: number) =>
        (segment.postingOffsets[hi] ?? 0) - (segment.postingOffsets[lo] ?? 0),
    })),
  ];
}

const MOST_COUNTED = 50;

/** Products that refer to the entities named by words `lo` to before `hi`, the first fifty of them. */
function frequencyOfEntities(
  dictionary: DictionaryIndex,
  segments: readonly SearchSegment[],
  lo: number,
  hi: number,
): number {
  const { offsets, postings } = dictionary;
  const start = offsets[lo] ?? 0;
  const end = Math.min(start + MOST_COUNTED, offsets[hi] ?? 0);
  let products = 0;
  for (const segment of segments) {
    const numbers = segment.localNumbersOf(dictionary);
    for (let at = start; at < end; at++) {
      const local = numbers[(postings[at] ?? 0) >>> 8] ?? 0;
      if (local !== 0)
        products += (segment.entityOffsets[local + 1] ?? 0) - (segment.entityOffsets[local] ?? 0);
    }
  }
  return products;
}

interface Found {
  readonly isPrefix: boolean;
  weight: number;
  frequency: number;
}

/** How many errors a word may have: none in short words and numbers. */
export function editsAllowed(word: QueryWord): number {
  if (word.sort !== 'word' || word.text.length < SHORTEST_CORRECTED) return 0;
  const letters = word.text.replace(/[^\p{L}]/gu, '').length;
  if (letters < SHORTEST_CORRECTED || /^[0-9]/.test(word.text)) return 0;
  return word.text.length >= TWO_EDITS_FROM - 2 ? 2 : 1;
}

/** Alternatives for a misspelt word, best first; none for numbers and very short words. */
export function correct(
  dictionary: DictionaryIndex,
  segments: readonly SearchSegment[],
  word: QueryWord,
  limit: number,
): Alternative[] {
  const edits = Math.min(limit, editsAllowed(word));
  if (edits === 0) return [];
  const found = new Map<string, Found>();
  const sources = sourcesOf(dictionary, segments);
  gather(found, sources, word, edits, 0);
  // An article put before a misspelt Arabic name: the name alone is looked for as well.
  const bare = withoutArticle(word.text);
  if (bare !== null && bare.length >= ONE_EDIT_FROM)
    gather(found, sources, { ...word, text: bare }, Math.min(edits, 1), ARTICLE);
  return best(found);
}

function gather(
  found: Map<string, Found>,
  sources: readonly Source[],
  { text: typed, mayBeUnfinished }: QueryWord,
  edits: number,
  more: number,
): void {
  const isUnfinished = mayBeUnfinished && typed.length >= ONE_EDIT_FROM;
  for (const { lexicon, spelling, frequency } of sources) {
    for (const near of spelling.near(typed, edits, isUnfinished)) {
      const isLong = Math.max(typed.length, lexicon.lengthOf(near.token)) >= TWO_EDITS_FROM;
      if (near.edits === 0 || (near.edits > 1 && !isLong)) continue;
      const isPrefix = near.isUnfinished && near.count > 1;
      const text = isPrefix
        ? commonPrefix(lexicon, near.token, near.token + near.count - 1)
        : lexicon.word(near.token);
      const weight = near.weight + more + (near.edits > 1 ? SECOND_EDIT : 0);
      put(found, text, isPrefix, weight, frequency(near.token, near.token + near.count));
    }
    for (const { text, token, distance, isOtherScript } of alike(spelling, lexicon, typed)) {
      // The other script is a guess beside the words of this one; what is sure of it was looked for before.
      const weight = SOUND_ALIKE + more + distance + (isOtherScript ? SECOND_EDIT : 0);
      put(found, text, false, weight, frequency(token, token + 1));
    }
  }
}

function commonPrefix(lexicon: Lexicon, first: number, last: number): string {
  const a = lexicon.word(first);
  const b = lexicon.word(last);
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return a.slice(0, shared);
}

function put(
  found: Map<string, Found>,
  text: string,
  isPrefix: boolean,
  weight: number,
  products: number,
): void {
  const key = isPrefix ? `${text}*` : text;
  const known = found.get(key);
  if (known === undefined) found.set(key, { isPrefix, weight, frequency: products });
  else {
    known.weight = Math.min(known.weight, weight);
    known.frequency += products;
  }
}

/** Likeliest first: few and small errors, and what many products are called. */
function rankedOf(found: ReadonlyMap<string, Found>) {
  const ranked = Array.from(found, ([key, { isPrefix, weight, frequency }]) => ({
    text: isPrefix ? key.slice(0, -1) : key,
    isPrefix,
    weight: weight + 3 - Math.min(3, Math.floor(Math.log10(1 + frequency))),
  }));
  return ranked.sort((a, b) => a.weight - b.weight || (a.text < b.text ? -1 : 1));
}

function best(found: ReadonlyMap<string, Found>): Alternative[] {
  const ranked = rankedOf(found).slice(0, MOST_ALTERNATIVES);
  const likeliest = ranked[0]?.weight ?? 0;
  // Each has a cost of its own, so that the best of each can be told among the hits.
  let cost = TYPO_COST;
  return ranked.map(({ text, isPrefix, weight }) => {
    const farther = weight > likeliest + FAR_FETCHED ? LEAD_WITHIN : 0;
    cost = Math.min(
      WORST_COST,
      Math.max(cost + 1, TYPO_COST + (weight >> 1), TYPO_COST + (likeliest >> 1) + farther),
    );
    return { text, sort: isPrefix ? 'prefix' : 'whole', cost };
  });
}

interface Alike {
  readonly text: string;
  readonly token: number;
  readonly distance: number;
  readonly isOtherScript: boolean;
}

function alike(spelling: SpellingIndex, lexicon: Lexicon, typed: string): Alike[] {
  if (typed.length < SHORTEST_CORRECTED || !hasSound(typed)) return [];
  const sound = soundOf(typed);
  const isArabic = isArabicWord(typed);
  const words: Alike[] = [];
  for (const token of spelling.sounding(typed)) {
    const text = lexicon.word(token);
    if (text === typed) continue;
    const isArabicText = isArabicWord(text);
    const isOtherScript = isArabicText !== isArabic;
    const apart = isOtherScript ? LENGTHS_APART_IN_OTHER_SCRIPT : LENGTHS_APART;
    if (Math.abs(text.length - typed.length) > apart) continue;
    const distance = vowelDistance(
      sound,
      soundOf(text),
      isOtherScript && isArabic,
      isOtherScript && isArabicText,
    );
    if (distance <= LONGEST_SOUND_DISTANCE) words.push({ text, token, distance, isOtherScript });
  }
  return words;
}

/** The more consonants two words share, the more their vowels may differ. */
function sameWordLimit(text: string): number {
  const consonants = skeletonOf(soundOf(text)).length;
  return consonants < 3 ? 0 : Math.min(SAME_WORD, 2 * consonants - 3);
}

/**
 * Other ways of writing an Arabic word, where there is no doubt: in Latin letters (بنادول for panadol), or with other
 * letters of the same sound (تريكوغين for تريكوجين).
 */
export function otherSpellings(
  dictionary: DictionaryIndex,
  segments: readonly SearchSegment[],
  word: QueryWord,
): Alternative[] {
  if (word.sort !== 'word') return [];
  const found = new Map<string, Found>();
  for (const { spelling, lexicon, frequency } of sourcesOf(dictionary, segments))
    for (const { text, token, distance } of alike(spelling, lexicon, word.text))
      if (distance <= sameWordLimit(text)) put(found, text, false, distance, frequency(token, token + 1));
  return rankedOf(found)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ text }, n) => ({ text, sort: 'whole', cost: Math.min(TYPO_COST - 1, n + 1) }));
}
