/** Says of a hit which word of the query met what, for highlights and for "did you mean". */
import { type DictionaryIndex, fieldOfSort } from './dictionary-index.domain.js';
import {
  CODE_OF_PLACE,
  PLACE_ATC,
  PLACE_INGREDIENT,
  PLACE_STRENGTH,
  PLACE_TEXT,
} from './match-code.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { SearchField, SearchTerm } from './search.types.js';
import { LITERAL_MARK } from './tokens.domain.js';
import type { EntityMatch, SegmentWord, WordMatch } from './word-match.domain.js';

/** The words of one pass of a search, as the query has them and in the numbers of one segment. */
export interface PassWords {
  readonly matches: readonly WordMatch[];
  readonly local: readonly SegmentWord[];
}

function fieldOfPlace(place: number): SearchField {
  if (place === PLACE_INGREDIENT || place === PLACE_TEXT) return 'active';
  if (place === PLACE_STRENGTH) return 'strength';
  if (place === PLACE_ATC) return 'atc';
  return (place & 0xe0) === 0x20 ? 'nameAr' : 'name';
}

/** What each word met in a document; null when some word met nothing (the document is from another pass). */
export function explain(
  segment: SearchSegment,
  dictionary: DictionaryIndex,
  document: number,
  pass: PassWords,
): SearchTerm[] | null {
  const terms: SearchTerm[] = [];
  for (let n = 0; n < pass.matches.length; n++) {
    const match = pass.matches[n];
    const local = pass.local[n];
    if (match === undefined || local === undefined) return null;
    const term = bestTerm(segment, dictionary, document, match, local);
    if (term === null) return null;
    terms.push(term);
  }
  return terms;
}

function bestTerm(
  segment: SearchSegment,
  dictionary: DictionaryIndex,
  document: number,
  { word }: WordMatch,
  { ranges, locals, sources }: SegmentWord,
): SearchTerm | null {
  let bestCode = 0xffff;
  let bestEntry = -1;
  const end = segment.wordOffsets[document + 1] ?? 0;
  for (let at = segment.wordOffsets[document] ?? 0; at < end; at++) {
    const entry = segment.wordEntries[at] ?? 0;
    const token = entry >>> 8;
    for (let r = 0; r < ranges.length; r += 3) {
      if (token < (ranges[r] ?? 0) || token >= (ranges[r + 1] ?? 0)) continue;
      const code = (CODE_OF_PLACE[entry & 0xff] ?? 0) + (ranges[r + 2] ?? 0);
      if (code < bestCode) {
        bestCode = code;
        bestEntry = entry;
      }
    }
  }
  let bestSource: EntityMatch | undefined;
  for (let l = 0; l < locals.length; l += 2) {
    const code = locals[l + 1] ?? 0;
    if (code < bestCode && refersTo(segment, document, locals[l] ?? 0)) {
      bestCode = code;
      bestSource = sources[l / 2];
    }
  }
  if (bestSource !== undefined) {
    const entity = dictionary.entities[bestSource.named];
    return termOf(
      word.text,
      fieldOfSort(bestSource.sort),
      dictionary.lexicon.word(bestSource.token),
      typeof entity?.key === 'number' ? entity.key : null,
    );
  }
  if (bestEntry < 0) return null;
  return termOf(
    word.text,
    fieldOfPlace(bestEntry & 0xff),
    plainToken(segment, document, bestEntry, word.text),
    null,
  );
}

/** Derived words ("=500mg") are not in the text: the word they stand for is. */
function plainToken(segment: SearchSegment, document: number, entry: number, typed: string): string {
  const token = segment.lexicon.word(entry >>> 8);
  if (token.startsWith(LITERAL_MARK)) return token.slice(1);
  if (!token.startsWith('=') && !token.startsWith('~')) return token;
  const place = entry & 0x0f;
  const original = place > 0 && (entry & 0x40) === 0 ? nameWordAt(segment, document, entry & 0xff) : null;
  return original ?? typed.split(' ')[0] ?? typed;
}

function nameWordAt(segment: SearchSegment, document: number, place: number): string {
  const start = segment.wordOffsets[document] ?? 0;
  const skip = (place & 0x20) === 0 ? 0 : (segment.nameWords[document] ?? 0);
  return segment.lexicon.word((segment.wordEntries[start + skip + (place & 0x0f) - 1] ?? 0) >>> 8);
}

function termOf(word: string, field: SearchField, token: string, entityId: number | null): SearchTerm {
  return { word, field, token, length: token.startsWith(word) ? word.length : token.length, entityId };
}

function refersTo(segment: SearchSegment, document: number, local: number): boolean {
  const { bases } = segment;
  if (local > bases.ingredient) {
    const end = segment.ingredientOffsets[document + 1] ?? 0;
    for (let at = segment.ingredientOffsets[document] ?? 0; at < end; at++)
      if (bases.ingredient + (segment.ingredient[at] ?? 0) === local) return true;
    return false;
  }
  if (local > bases.category) return bases.category + (segment.category[document] ?? 0) === local;
  if (local > bases.company)
    return (
      bases.company + (segment.company[document] ?? 0) === local ||
      bases.company + (segment.marketer[document] ?? 0) === local
    );
  if (local > bases.route) return bases.route + (segment.route[document] ?? 0) === local;
  return (segment.form[document] ?? 0) === local;
}
