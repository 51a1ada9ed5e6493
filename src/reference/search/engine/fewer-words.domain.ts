/** For a query that no product meets as a whole: the words worth keeping. */
import { closeWord, codeIn, LOOKUP_COST, openWord } from './gather.domain.js';
import { CLASS_ATTRIBUTE, CLASS_SHIFT } from './match-code.domain.js';
import type { Search } from './result.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import { inSegment, type SegmentWord, type WordMatch } from './word-match.domain.js';
import type { Workspace } from './workspace.domain.js';

/** A product that lacks at most two of the words meets at least one of any three: the rarest ones find it. */
const DRIVERS = 3;
const NUMBER = 0.4;
const ATTRIBUTE = 0.4;
const GUESS = 0.7;
/** The brand comes first in most names. */
const FIRST = 1.2;

/**
 * The set of words that some product meets together and that tells most. `literal` are the words without corrections, in
 * the same order. Empty when fewer than two words were given or none is met.
 */
export function heaviestWords(
  { segments, spaces, dictionary }: Search,
  matches: readonly WordMatch[],
  literal: readonly WordMatch[],
): WordMatch[] {
  if (matches.length < 2) return [];
  const local = segments.map((segment) => matches.map((match) => inSegment(match, segment, dictionary)));
  const asTyped = segments.map((segment) => literal.map((match) => inSegment(match, segment, dictionary)));
  const products = matches.map((_, n) => sum(local, n));
  const documents = segments.reduce((count, { documentCount }) => count + documentCount, 0);
  const weights = matches.map(({ word }, n) => {
    const count = products[n] ?? 0;
    if (count === 0) return 0;
    // The rarer a word, the more it tells; as bits.
    let weight = Math.max(0.5, Math.log2((documents + 1) / count));
    if (word.isNumber === true) weight *= NUMBER;
    if (isAttribute(literal[n], segments, asTyped, n)) weight *= ATTRIBUTE;
    if (sum(asTyped, n) === 0) weight *= GUESS;
    return n === 0 ? weight * FIRST : weight;
  });
  const drivers = matches.map((_, n) => n).filter((n) => (products[n] ?? 0) > 0);
  drivers.sort((a, b) => (products[a] ?? 0) - (products[b] ?? 0) || a - b);
  let bits = 0;
  let weight = 0;
  for (const [n, segment] of segments.entries()) {
    const space = spaces[n];
    if (space === undefined) continue;
    const set = heaviestSet(segment, local[n] ?? [], weights, drivers.slice(0, DRIVERS), space);
    if (set.weight > weight || (set.weight === weight && isEarlier(set.bits, bits))) ({ bits, weight } = set);
  }
  return matches.filter((_, n) => (bits & (1 << n)) !== 0);
}

const sum = (local: ReadonlyArray<readonly SegmentWord[]>, n: number): number =>
  local.reduce((count, words) => count + (words[n]?.estimate ?? 0), 0);

/** True where most of what a word finds is a maker, form or route. */
function isAttribute(
  match: WordMatch | undefined,
  segments: readonly SearchSegment[],
  asTyped: ReadonlyArray<readonly SegmentWord[]>,
  n: number,
): boolean {
  if (match?.entities.some(({ code }) => ((code >>> CLASS_SHIFT) & 0xf) === CLASS_ATTRIBUTE) !== true)
    return false;
  let attributes = 0;
  for (const [at, { entityOffsets }] of segments.entries()) {
    const locals = asTyped[at]?.[n]?.locals ?? [];
    for (let l = 0; l < locals.length; l += 2) {
      const local = locals[l] ?? 0;
      if ((((locals[l + 1] ?? 0) >>> CLASS_SHIFT) & 0xf) === CLASS_ATTRIBUTE)
        attributes += (entityOffsets[local + 1] ?? 0) - (entityOffsets[local] ?? 0);
    }
  }
  return attributes * 2 > sum(asTyped, n);
}

/**
 * The heaviest set of words that some one document meets, as bits (word n: bit n), among the documents that meet one of
 * the `drivers`; 0 when there is none. `weights` say how much each word tells.
 */
function heaviestSet(
  segment: SearchSegment,
  words: readonly SegmentWord[],
  weights: readonly number[],
  drivers: readonly number[],
  space: Workspace,
): { readonly bits: number; readonly weight: number } {
  const { candidates, current } = space;
  let count = 0;
  for (const driver of drivers) count = markDriver(segment, words[driver], 1 << driver, space, count);
  let marked = count;
  for (const [n, word] of words.entries()) {
    if (drivers.includes(n)) continue;
    if (word.estimate > count * LOOKUP_COST) markByLookup(segment, word, 1 << n, space, count);
    else marked += markByPostings(segment, word, 1 << n, space);
  }
  let bits = 0;
  let best = 0;
  const seen = new Uint8Array(1 << words.length);
  for (let c = 0; c < count; c++) {
    const document = candidates[c] ?? 0;
    const met = current[document] ?? 0;
    if (seen[met] === 1 || segment.hidden[document] === 1) continue;
    seen[met] = 1;
    let weight = 0;
    for (let n = 0; n < words.length; n++) if ((met & (1 << n)) !== 0) weight += weights[n] ?? 0;
    // Of two equally heavy sets the one with the earlier words: the brand comes first in most names.
    if (weight > best || (weight === best && isEarlier(met, bits))) {
      best = weight;
      bits = met;
    }
  }
  if (marked > count || count > segment.documentCount / 16) current.fill(0, 0, segment.documentCount);
  else for (let c = 0; c < count; c++) current[candidates[c] ?? 0] = 0;
  return { bits, weight: best };
}

/** True when the first word the two sets differ in belongs to `a`. */
function isEarlier(a: number, b: number): boolean {
  const difference = a ^ b;
  return difference !== 0 && (a & (difference & -difference)) !== 0;
}

/** Sets a bit for every document that meets the word, and lists those that had none; answers how many are listed. */
function markDriver(
  segment: SearchSegment,
  word: SegmentWord | undefined,
  bit: number,
  { current, candidates }: Workspace,
  listed: number,
): number {
  if (word === undefined) return listed;
  const { postings, postingOffsets, entityOffsets, entityDocuments } = segment;
  let count = listed;
  for (let r = 0; r < word.ranges.length; r += 3) {
    const end = postingOffsets[word.ranges[r + 1] ?? 0] ?? 0;
    for (let at = postingOffsets[word.ranges[r] ?? 0] ?? 0; at < end; at++) {
      const document = (postings[at] ?? 0) >>> 8;
      const before = current[document] ?? 0;
      if (before === 0) candidates[count++] = document;
      current[document] = before | bit;
    }
  }
  for (let l = 0; l < word.locals.length; l += 2) {
    const entity = word.locals[l] ?? 0;
    const end = entityOffsets[entity + 1] ?? 0;
    for (let at = entityOffsets[entity] ?? 0; at < end; at++) {
      const document = entityDocuments[at] ?? 0;
      const before = current[document] ?? 0;
      if (before === 0) candidates[count++] = document;
      current[document] = before | bit;
    }
  }
  return count;
}

/** Sets a bit for every document that meets the word; answers how many entries were read. */
function markByPostings(
  segment: SearchSegment,
  { ranges, locals }: SegmentWord,
  bit: number,
  { current }: Workspace,
): number {
  const { postings, postingOffsets, entityOffsets, entityDocuments } = segment;
  let read = 0;
  for (let r = 0; r < ranges.length; r += 3) {
    const start = postingOffsets[ranges[r] ?? 0] ?? 0;
    const end = postingOffsets[ranges[r + 1] ?? 0] ?? 0;
    for (let at = start; at < end; at++) {
      const document = (postings[at] ?? 0) >>> 8;
      current[document] = (current[document] ?? 0) | bit;
    }
    read += end - start;
  }
  for (let l = 0; l < locals.length; l += 2) {
    const start = entityOffsets[locals[l] ?? 0] ?? 0;
    const end = entityOffsets[(locals[l] ?? 0) + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const document = entityDocuments[at] ?? 0;
      current[document] = (current[document] ?? 0) | bit;
    }
    read += end - start;
  }
  return read;
}

/** Sets a bit for those of the first `count` candidates that meet the word. */
function markByLookup(
  segment: SearchSegment,
  word: SegmentWord,
  bit: number,
  space: Workspace,
  count: number,
): void {
  const { candidates, current } = space;
  openWord(word, space);
  for (let c = 0; c < count; c++) {
    const document = candidates[c] ?? 0;
    if (codeIn(segment, document, space, word.locals.length > 0) !== 0)
      current[document] = (current[document] ?? 0) | bit;
  }
  closeWord(word, space);
}
