/**
 * Which products of one segment meet every word of a query. The rarest word gives the candidates from its posting lists;
 * the others are read from their own lists, or, where those are long against the candidates left, looked up in the
 * candidates' own words.
 */
import { addWord, CODE_OF_PLACE } from './match-code.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { Workspace } from './workspace.domain.js';
import type { SegmentWord } from './word-match.domain.js';

/** Looking a word up in one candidate costs about as much as this many postings, which are read in order. */
export const LOOKUP_COST = 40;
/** So few candidates are looked up in any case: nothing has to be cleared afterwards. */
const FEW = 2000;
/** From this share of all products on, going through all of them in order is faster than keeping a list out of order. */
const DENSE_SHARE = 8;

export const isDense = (segment: SearchSegment, word: SegmentWord): boolean =>
  word.estimate > segment.documentCount / DENSE_SHARE;

/** Fills the workspace's candidates with the documents that meet all words; answers how many. */
export function matchAll(segment: SearchSegment, words: readonly SegmentWord[], space: Workspace): number {
  const ordered = [...words].sort((a, b) => a.estimate - b.estimate);
  const [first] = ordered;
  if (first === undefined || first.estimate === 0) return 0;
  let count = gather(segment, first, space);
  for (let n = 1; n < ordered.length && count > 0; n++) {
    const word = ordered[n];
    if (word === undefined) break;
    count =
      count < FEW || word.estimate > count * LOOKUP_COST
        ? keepByLookup(segment, word, space, count)
        : keepByPostings(segment, word, space, count);
  }
  return count;
}

/** Candidates from the lists of the first word. */
function gather(segment: SearchSegment, word: SegmentWord, space: Workspace): number {
  const { current, candidates, sums } = space;
  let count = 0;
  if (isDense(segment, word)) {
    markAll(segment, word, space);
    for (let document = 0; document < segment.documentCount; document++)
      if (current[document] !== 0) candidates[count++] = document;
  } else count = markListed(segment, word, space);
  for (let n = 0; n < count; n++) {
    const document = candidates[n] ?? 0;
    sums[n] = addWord(0, current[document] ?? 0, word.isTelling);
    current[document] = 0;
  }
  return count;
}

/** Notes in `current` the best code of every document that meets the word. */
export function markAll(
  segment: SearchSegment,
  { ranges, locals }: SegmentWord,
  { current }: Workspace,
): void {
  const { postings, postingOffsets, entityOffsets, entityDocuments } = segment;
  for (let r = 0; r < ranges.length; r += 3) {
    const base = ranges[r + 2] ?? 0;
    const end = postingOffsets[ranges[r + 1] ?? 0] ?? 0;
    for (let at = postingOffsets[ranges[r] ?? 0] ?? 0; at < end; at++) {
      const posting = postings[at] ?? 0;
      const document = posting >>> 8;
      const code = (CODE_OF_PLACE[posting & 0xff] ?? 0) + base;
      const before = current[document] ?? 0;
      if (before === 0 || code < before) current[document] = code;
    }
  }
  for (let l = 0; l < locals.length; l += 2) {
    const entity = locals[l] ?? 0;
    const code = locals[l + 1] ?? 0;
    const end = entityOffsets[entity + 1] ?? 0;
    for (let at = entityOffsets[entity] ?? 0; at < end; at++) {
      const document = entityDocuments[at] ?? 0;
      const before = current[document] ?? 0;
      if (before === 0 || code < before) current[document] = code;
    }
  }
}

/** The same, with a list of those documents in `candidates`; answers how many. */
export function markListed(
  segment: SearchSegment,
  { ranges, locals }: SegmentWord,
  space: Workspace,
): number {
  const { postings, postingOffsets, entityOffsets, entityDocuments } = segment;
  const { current, candidates } = space;
  let count = 0;
  for (let r = 0; r < ranges.length; r += 3) {
    const base = ranges[r + 2] ?? 0;
    const end = postingOffsets[ranges[r + 1] ?? 0] ?? 0;
    for (let at = postingOffsets[ranges[r] ?? 0] ?? 0; at < end; at++) {
      const posting = postings[at] ?? 0;
      const document = posting >>> 8;
      const code = (CODE_OF_PLACE[posting & 0xff] ?? 0) + base;
      const before = current[document] ?? 0;
      if (before === 0) {
        current[document] = code;
        candidates[count++] = document;
      } else if (code < before) current[document] = code;
    }
  }
  for (let l = 0; l < locals.length; l += 2) {
    const entity = locals[l] ?? 0;
    const code = locals[l + 1] ?? 0;
    const end = entityOffsets[entity + 1] ?? 0;
    for (let at = entityOffsets[entity] ?? 0; at < end; at++) {
      const document = entityDocuments[at] ?? 0;
      const before = current[document] ?? 0;
      if (before === 0) {
        current[document] = code;
        candidates[count++] = document;
      } else if (code < before) current[document] = code;
    }
  }
  return count;
}

/** Keeps the candidates that stand in the lists of the word. */
function keepByPostings(segment: SearchSegment, word: SegmentWord, space: Workspace, count: number): number {
  const { current, candidates, sums } = space;
  markAll(segment, word, space);
  let kept = 0;
  for (let n = 0; n < count; n++) {
    const document = candidates[n] ?? 0;
    const code = current[document] ?? 0;
    if (code === 0) continue;
    candidates[kept] = document;
    sums[kept++] = addWord(sums[n] ?? 0, code, word.isTelling);
  }
  // Documents that were no candidates were marked as well: cleared as a whole, which is a few microseconds.
  current.fill(0, 0, segment.documentCount);
  return kept;
}

/** Keeps the candidates among whose own words and entities the word is. */
function keepByLookup(segment: SearchSegment, word: SegmentWord, space: Workspace, count: number): number {
  const { candidates, sums } = space;
  openWord(word, space);
  let kept = 0;
  for (let n = 0; n < count; n++) {
    const document = candidates[n] ?? 0;
    const code = codeIn(segment, document, space, word.locals.length > 0);
    if (code === 0) continue;
    candidates[kept] = document;
    sums[kept++] = addWord(sums[n] ?? 0, code, word.isTelling);
  }
  closeWord(word, space);
  return kept;
}

/** Set in `wordCodes` beside the bits, which may be 0. */
const HAS_WORD = 0x8000;

/** Lays a word out in the workspace's tables, for `codeIn`. */
export function openWord({ ranges, locals }: SegmentWord, { wordCodes, entityCodes }: Workspace): void {
  for (let r = 0; r < ranges.length; r += 3) {
    const value = (ranges[r + 2] ?? 0) | HAS_WORD;
    for (let token = ranges[r] ?? 0; token < (ranges[r + 1] ?? 0); token++) {
      // Ranges overlap: the cheapest counts.
      const before = wordCodes[token] ?? 0;
      if (before === 0 || value < before) wordCodes[token] = value;
    }
  }
  for (let l = 0; l < locals.length; l += 2) entityCodes[locals[l] ?? 0] = locals[l + 1] ?? 0;
}

export function closeWord({ ranges, locals }: SegmentWord, { wordCodes, entityCodes }: Workspace): void {
  for (let r = 0; r < ranges.length; r += 3) wordCodes.fill(0, ranges[r], ranges[r + 1]);
  for (let l = 0; l < locals.length; l += 2) entityCodes[locals[l] ?? 0] = 0;
}

/** The best code of the opened word in a document, or 0. */
export function codeIn(
  segment: SearchSegment,
  document: number,
  space: Workspace,
  hasEntities: boolean,
): number {
  const { wordOffsets, wordEntries } = segment;
  const { wordCodes } = space;
  let best = 0;
  const end = wordOffsets[document + 1] ?? 0;
  for (let at = wordOffsets[document] ?? 0; at < end; at++) {
    const entry = wordEntries[at] ?? 0;
    const value = wordCodes[entry >>> 8] ?? 0;
    if (value === 0) continue;
    const code = (CODE_OF_PLACE[entry & 0xff] ?? 0) + (value & ~HAS_WORD);
    if (best === 0 || code < best) best = code;
  }
  return hasEntities ? bestEntity(segment, document, space.entityCodes, best) : best;
}

function bestEntity(segment: SearchSegment, document: number, codes: Uint16Array, bestSoFar: number): number {
  const { bases, ingredient, ingredientOffsets } = segment;
  let best = bestSoFar;
  const end = ingredientOffsets[document + 1] ?? 0;
  for (let at = ingredientOffsets[document] ?? 0; at < end; at++)
    best = better(best, codes, bases.ingredient, ingredient[at] ?? 0);
  best = better(best, codes, bases.form, segment.form[document] ?? 0);
  best = better(best, codes, bases.route, segment.route[document] ?? 0);
  best = better(best, codes, bases.company, segment.company[document] ?? 0);
  best = better(best, codes, bases.company, segment.marketer[document] ?? 0);
  return better(best, codes, bases.category, segment.category[document] ?? 0);
}

function better(best: number, codes: Uint16Array, base: number, number: number): number {
  const code = number === 0 ? 0 : (codes[base + number] ?? 0);
  return code !== 0 && (best === 0 || code < best) ? code : best;
}
