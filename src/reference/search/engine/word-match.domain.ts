/**
 * What one word of a query stands for: words of the lexicons (itself, longer words that begin with it, corrections) and
 * entities of the dictionary. Resolved once for a search; `inSegment` turns it into numbers of one segment.
 */
import type { DictionaryIndex } from './dictionary-index.domain.js';
import { classOfSort, fieldOfSort } from './dictionary-index.domain.js';
import { withoutArticle } from './everyday-words.domain.js';
import type { Lexicon } from './lexicon.domain.js';
import {
  CLASS_ATTRIBUTE,
  CLASS_GROUP,
  CLASS_SHIFT,
  COST_SHIFT,
  TYPO_COST,
  UNFINISHED_BIT,
} from './match-code.domain.js';
import { fitsPattern, type QueryWord } from './query.domain.js';
import type { SearchSegment } from './search-segment.domain.js';

/** A text that would do for the typed word. */
export interface Alternative {
  readonly text: string;
  readonly sort: 'whole' | 'prefix' | 'wildcard';
  readonly cost: number;
}

/** An entity that the word names. */
export interface EntityMatch {
  readonly entity: number;
  /** Word code for products that refer to it. */
  readonly code: number;
  /** The entity whose name was met: a group for its ingredients, otherwise the entity itself. */
  readonly named: number;
  readonly sort: number;
  /** Word of the dictionary's lexicon. */
  readonly token: number;
}

export interface WordMatch {
  readonly word: QueryWord;
  readonly alternatives: readonly Alternative[];
  readonly entities: readonly EntityMatch[];
}

/** Shorter beginnings name too many ingredients and companies to mean one. */
const SHORTEST_ENTITY_PREFIX = 3;

/** A maker or form is in thousands of products: only a correction of about one error may mean it. */
const SURE_CORRECTION = TYPO_COST + 8;

/** The word as typed, without corrections. */
export function literalAlternatives(word: QueryWord): Alternative[] {
  switch (word.sort) {
    case 'wildcard':
      return [{ text: word.text, sort: 'wildcard', cost: 0 }];
    case 'measure':
      return (word.forms ?? []).map((text, n) => ({ text, sort: 'whole', cost: n === 0 ? 0 : 1 }));
    case 'literal':
      return [{ text: word.text, sort: 'prefix', cost: 0 }];
    case 'word': {
      const sort = word.mayBeUnfinished ? 'prefix' : 'whole';
      const article = withoutArticle(word.text);
      const texts = article === null ? [word.text] : [word.text, article];
      return texts.map((text) => ({ text, sort, cost: word.penalty ?? 0 }));
    }
  }
}

/**
 * Finds the entities that the alternatives name. `mayBeAttribute` false: a correction does not stand for a maker, form
 * or route.
 */
export function matchWord(
  dictionary: DictionaryIndex,
  word: QueryWord,
  alternatives: readonly Alternative[],
  mayBeAttribute = true,
): WordMatch {
  const best = new Map<number, EntityMatch>();
  const { lexicon, offsets, postings, implied, impliedOffsets } = dictionary;
  const offer = (match: EntityMatch): void => {
    const known = best.get(match.entity);
    if (known === undefined || match.code < known.code) best.set(match.entity, match);
  };
  for (const alternative of alternatives) {
    const isPrefix = alternative.sort === 'prefix' && alternative.text.length >= SHORTEST_ENTITY_PREFIX;
    eachRange(
      lexicon,
      { ...alternative, sort: alternative.sort === 'prefix' && !isPrefix ? 'whole' : alternative.sort },
      (lo, hi, base) => {
        for (let token = lo; token < hi; token++) {
          const end = offsets[token + 1] ?? 0;
          for (let at = offsets[token] ?? 0; at < end; at++) {
            const posting = postings[at] ?? 0;
            const named = posting >>> 8;
            const sort = posting & 0xff;
            if (!mayStandFor(sort, alternative.cost, mayBeAttribute)) continue;
            offer({ entity: named, code: base | (classOfSort(sort) << CLASS_SHIFT), named, sort, token });
            const impliedEnd = impliedOffsets[named + 1] ?? 0;
            for (let k = impliedOffsets[named] ?? 0; k < impliedEnd; k++)
              offer({
                entity: implied[k] ?? 0,
                code: base | (CLASS_GROUP << CLASS_SHIFT),
                named,
                sort,
                token,
              });
          }
        }
      },
    );
  }
  return { word, alternatives, entities: [...best.values()] };
}

/** Whether a text of this cost may stand for an entity by this sort of name. */
function mayStandFor(sort: number, cost: number, mayBeAttribute: boolean): boolean {
  if (cost === 0 || classOfSort(sort) !== CLASS_ATTRIBUTE) return true;
  // Forms and routes have their everyday names in both languages: a word that sounds like one is another word.
  if (cost < TYPO_COST) return fieldOfSort(sort) === 'company';
  return mayBeAttribute && cost <= SURE_CORRECTION;
}

/** Calls `visit` with each range of words an alternative covers and the cost and unfinished bits of their codes. */
export function eachRange(
  lexicon: Lexicon,
  alternative: Alternative,
  visit: (lo: number, hi: number, base: number) => void,
): void {
  const base = alternative.cost << COST_SHIFT;
  switch (alternative.sort) {
    case 'whole': {
      const token = lexicon.find(alternative.text);
      if (token >= 0) visit(token, token + 1, base);
      return;
    }
    case 'prefix': {
      const { lo, hi } = lexicon.prefixRange(alternative.text);
      if (hi <= lo) return;
      const isWhole = lexicon.lengthOf(lo) === alternative.text.length;
      if (isWhole) visit(lo, lo + 1, base);
      const rest = isWhole ? lo + 1 : lo;
      if (hi > rest) visit(rest, hi, base | UNFINISHED_BIT);
      return;
    }
    case 'wildcard':
      eachFitting(lexicon, alternative.text, (token) => visit(token, token + 1, base));
  }
}

function eachFitting(lexicon: Lexicon, pattern: string, visit: (token: number) => void): void {
  const head = /^[^*?]*/.exec(pattern)?.[0] ?? '';
  const { lo, hi } = head === '' ? { lo: 0, hi: lexicon.size } : lexicon.prefixRange(head);
  for (let token = lo; token < hi; token++) {
    const start = lexicon.offsets[token] ?? 0;
    const length = lexicon.lengthOf(token);
    // Marks before derived words are below "0" or are "=" and "~": they are not for patterns.
    const first = lexicon.chars[start] ?? 0;
    if (first < 0x30 || first === 0x3d || first === 0x7e) continue;
    if (fitsPattern(pattern, lexicon.chars, start, length)) visit(token);
  }
}

/** A word match in the numbers of one segment. */
export interface SegmentWord {
  /** Three numbers each: first word, end, cost and unfinished bits. */
  readonly ranges: readonly number[];
  /** Two numbers each: entity of the segment, word code. */
  readonly locals: readonly number[];
  /** For each of `locals` what it stands for. */
  readonly sources: readonly EntityMatch[];
  /** Upper bound of the products that meet the word. */
  readonly estimate: number;
  /** False for a number beside other words. */
  readonly isTelling: boolean;
}

export function inSegment(
  match: WordMatch,
  segment: SearchSegment,
  dictionary: DictionaryIndex,
): SegmentWord {
  const ranges: number[] = [];
  const locals: number[] = [];
  const sources: EntityMatch[] = [];
  let estimate = 0;
  for (const alternative of match.alternatives)
    eachRange(segment.lexicon, alternative, (lo, hi, base) => {
      ranges.push(lo, hi, base);
      estimate += (segment.postingOffsets[hi] ?? 0) - (segment.postingOffsets[lo] ?? 0);
    });
  const numbers = segment.localNumbersOf(dictionary);
  for (const source of match.entities) {
    const local = numbers[source.entity] ?? 0;
    if (local === 0) continue;
    locals.push(local, source.code);
    sources.push(source);
    estimate += (segment.entityOffsets[local + 1] ?? 0) - (segment.entityOffsets[local] ?? 0);
  }
  return { ranges, locals, sources, estimate, isTelling: !match.word.isNumber };
}
