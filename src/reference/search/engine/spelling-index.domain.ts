/**
 * Finds words of a lexicon near a mistyped one without looking at the lexicon: symmetric deletes (SymSpell) over the
 * distinct beginnings ("nodes", 3–7 characters) of all words, so that an unfinished word is corrected as well, and a
 * table of consonant skeletons for words that sound alike. Hash tables without keys: every candidate is measured.
 */
import { measured, measureEdits } from './edit-distance.domain.js';
import { GrowingArray } from './growing-array.domain.js';
import type { Lexicon } from './lexicon.domain.js';
import { hasSound, skeletonOf, soundOf } from './sound.domain.js';

const SHORTEST_NODE = 3;
const LONGEST_NODE = 7;
/** Words from this length may have two errors. */
export const TWO_EDITS_FROM = 7;
/** Below this, a word is corrected only as a whole and as the last resort. */
export const ONE_EDIT_FROM = 4;
const FIRST_LETTER_WORD = 0x3a;

/** Typed arrays of a spelling index; part of the index data. */
export interface SpellingData {
  /** First word of the lexicon that begins with node n. */
  readonly nodeTokens: Uint32Array;
  readonly nodeLengths: Uint8Array;
  readonly deleteBuckets: Uint32Array;
  readonly deleteNodes: Uint32Array;
  readonly soundBuckets: Uint32Array;
  readonly soundTokens: Uint32Array;
}

/** A word of the lexicon, or all words that begin with it, near a typed word. */
export interface Candidate {
  readonly token: number;
  /** Number of words from `token` on that are meant; more than one for an unfinished word. */
  readonly count: number;
  readonly edits: number;
  /** Tenths of an edit. */
  readonly weight: number;
  readonly isUnfinished: boolean;
}

const codes = new Uint16Array(LONGEST_NODE);

/** Hash of `codes[0 … length)` without the characters at `skipA` and `skipB`. */
function hashWithout(length: number, skipA: number, skipB: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) {
    if (at === skipA || at === skipB) continue;
    hash = Math.imul(hash ^ (codes[at] ?? 0), 0x01000193);
  }
  hash ^= hash >>> 15;
  return hash >>> 0;
}

/** Calls `visit` with the hash of the text in `codes` and of all texts that up to `deletions` deletions make of it. */
function eachDelete(length: number, deletions: number, visit: (hash: number) => void): void {
  visit(hashWithout(length, -1, -1));
  for (let a = 0; a < length; a++) {
    // Deleting either of two equal neighbours gives the same text.
    if (a > 0 && codes[a] === codes[a - 1]) continue;
    visit(hashWithout(length, a, -1));
    if (deletions > 1) for (let b = a + 1; b < length; b++) visit(hashWithout(length, a, b));
  }
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const bucketCount = (entries: number): number =>
  2 ** Math.max(4, Math.ceil(Math.log2(Math.max(1, entries))) - 1);

interface Nodes {
  readonly tokens: number[];
  readonly lengths: number[];
}

/** Every distinct beginning of 3–7 characters of the words that start with a letter. */
function nodesOf(lexicon: Lexicon): Nodes {
  const tokens: number[] = [];
  const lengths: number[] = [];
  let previous = -1;
  for (let token = 0; token < lexicon.size; token++) {
    const start = lexicon.offsets[token] ?? 0;
    const length = lexicon.lengthOf(token);
    if (length < SHORTEST_NODE || (lexicon.chars[start] ?? 0) < FIRST_LETTER_WORD) continue;
    if (lexicon.chars[start] === 0x7e) continue;
    let shared = 0;
    if (previous >= 0) {
      const before = lexicon.offsets[previous] ?? 0;
      const most = Math.min(length, lexicon.lengthOf(previous));
      while (shared < most && lexicon.chars[start + shared] === lexicon.chars[before + shared]) shared++;
    }
    for (let cut = Math.max(SHORTEST_NODE, shared + 1); cut <= Math.min(length, LONGEST_NODE); cut++) {
      tokens.push(token);
      lengths.push(cut);
    }
    previous = token;
  }
  return { tokens, lengths };
}

const deletionsOf = (length: number): number => (length >= 5 ? 2 : 1);

export type BufferMaker = (bytes: number) => ArrayBuffer;

/** Builds the tables for a lexicon; about 30 hashes for each beginning. */
export function buildSpelling(
  lexicon: Lexicon,
  makeBuffer: BufferMaker = (bytes) => new ArrayBuffer(bytes),
): SpellingData {
  const nodes = nodesOf(lexicon);
  const size = nodes.tokens.length;
  const nodeTokens = new Uint32Array(makeBuffer(size * 4));
  nodeTokens.set(nodes.tokens);
  const nodeLengths = new Uint8Array(makeBuffer(size));
  nodeLengths.set(nodes.lengths);
  const load = (node: number): number => {
    const start = lexicon.offsets[nodeTokens[node] ?? 0] ?? 0;
    const length = nodeLengths[node] ?? 0;
    for (let at = 0; at < length; at++) codes[at] = lexicon.chars[start + at] ?? 0;
    return length;
  };
  const hashes = new GrowingArray();
  const ends = new Uint32Array(size);
  const put = (hash: number): void => hashes.push(hash);
  for (let node = 0; node < size; node++) {
    const length = load(node);
    eachDelete(length, deletionsOf(length), put);
    ends[node] = hashes.length;
  }
  const entries = hashes.length;
  const all = hashes.filled;
  const deleteTable = bucketCount(entries);
  const deleteBuckets = new Uint32Array(makeBuffer((deleteTable + 1) * 4));
  const mask = deleteTable - 1;
  for (let at = 0; at < entries; at++) bump(deleteBuckets, (all[at] ?? 0) & mask);
  accumulate(deleteBuckets);
  const deleteNodes = new Uint32Array(makeBuffer(entries * 4));
  for (let node = size - 1, at = entries - 1; node >= 0; node--)
    for (const start = node === 0 ? 0 : (ends[node - 1] ?? 0); at >= start; at--)
      deleteNodes[drop(deleteBuckets, (all[at] ?? 0) & mask)] = node;
  return { nodeTokens, nodeLengths, deleteBuckets, deleteNodes, ...buildSounds(lexicon, makeBuffer) };
}

function buildSounds(
  lexicon: Lexicon,
  makeBuffer: BufferMaker,
): Pick<SpellingData, 'soundBuckets' | 'soundTokens'> {
  const hashes = new Uint32Array(lexicon.size);
  const tokens: number[] = [];
  for (let token = 0; token < lexicon.size; token++) {
    const first = lexicon.chars[lexicon.offsets[token] ?? 0] ?? 0;
    if (first < FIRST_LETTER_WORD || lexicon.lengthOf(token) < SHORTEST_NODE) continue;
    const word = lexicon.word(token);
    const skeleton = hasSound(word) ? skeletonOf(soundOf(word)) : '';
    if (skeleton === '') continue;
    hashes[token] = hashText(skeleton);
    tokens.push(token);
  }
  const table = bucketCount(tokens.length);
  const soundBuckets = new Uint32Array(makeBuffer((table + 1) * 4));
  const soundTokens = new Uint32Array(makeBuffer(tokens.length * 4));
  for (const token of tokens) bump(soundBuckets, (hashes[token] ?? 0) & (table - 1));
  accumulate(soundBuckets);
  for (const token of tokens.reverse())
    soundTokens[drop(soundBuckets, (hashes[token] ?? 0) & (table - 1))] = token;
  return { soundBuckets, soundTokens };
}

/* Counting sort: count into bucket + 0, sum up, then fill each bucket from its end. */
function bump(buckets: Uint32Array, bucket: number): void {
  buckets[bucket] = (buckets[bucket] ?? 0) + 1;
}
function accumulate(buckets: Uint32Array): void {
  let sum = 0;
  for (let n = 0; n < buckets.length; n++) {
    sum += buckets[n] ?? 0;
    buckets[n] = sum;
  }
}
function drop(buckets: Uint32Array, bucket: number): number {
  const at = (buckets[bucket] ?? 0) - 1;
  buckets[bucket] = at;
  return at;
}

/** Looks up candidates in one lexicon. */
export class SpellingIndex {
  private readonly seen: Uint32Array;
  private round = 0;

  constructor(
    private readonly lexicon: Lexicon,
    private readonly data: SpellingData,
  ) {
    this.seen = new Uint32Array(data.nodeTokens.length);
  }

  /** Words within `limit` edits of `typed` (letters; at least three), and beginnings of words when it may be unfinished. */
  near(typed: string, limit: number, mayBeUnfinished: boolean): Candidate[] {
    const { deleteBuckets, deleteNodes } = this.data;
    const length = Math.min(typed.length, LONGEST_NODE);
    for (let at = 0; at < length; at++) codes[at] = typed.charCodeAt(at);
    const mask = deleteBuckets.length - 2;
    this.round++;
    const nodes: number[] = [];
    eachDelete(length, limit, (hash) => {
      const bucket = hash & mask;
      const end = deleteBuckets[bucket + 1] ?? 0;
      for (let at = deleteBuckets[bucket] ?? 0; at < end; at++) {
        const node = deleteNodes[at] ?? 0;
        if (this.seen[node] === this.round) continue;
        this.seen[node] = this.round;
        nodes.push(node);
      }
    });
    const found: Candidate[] = [];
    for (const node of nodes) this.measureNode(node, typed, limit, mayBeUnfinished, found);
    return found;
  }

  private measureNode(
    node: number,
    typed: string,
    limit: number,
    mayBeUnfinished: boolean,
    found: Candidate[],
  ): void {
    const { lexicon } = this;
    const first = this.data.nodeTokens[node] ?? 0;
    const length = this.data.nodeLengths[node] ?? 0;
    const start = lexicon.offsets[first] ?? 0;
    // The node as a whole word, or as the part of longer words that was typed.
    if (length < LONGEST_NODE) {
      if (!measureEdits(typed, lexicon.chars, start, length, limit, false)) return;
      const { edits, weight } = measured;
      if (lexicon.lengthOf(first) === length) {
        found.push({ token: first, count: 1, edits, weight, isUnfinished: false });
      }
      if (!mayBeUnfinished || length < ONE_EDIT_FROM) return;
      const hi = this.endOfNode(first, length);
      const lo = lexicon.lengthOf(first) === length ? first + 1 : first;
      if (hi > lo) found.push({ token: lo, count: hi - lo, edits, weight: weight + 4, isUnfinished: true });
      return;
    }
    // Seven characters: every word behind is compared to its end.
    const hi = this.endOfNode(first, length);
    for (let token = first; token < hi; token++) {
      const at = lexicon.offsets[token] ?? 0;
      if (!measureEdits(typed, lexicon.chars, at, lexicon.lengthOf(token), limit, mayBeUnfinished)) continue;
      const { edits, weight, isUnfinished } = measured;
      found.push({ token, count: 1, edits, weight, isUnfinished });
    }
  }

  /** First word after those that share the first `length` characters of word `token`. */
  private endOfNode(token: number, length: number): number {
    const { chars, offsets, size } = this.lexicon;
    const start = offsets[token] ?? 0;
    // Doubling steps, then halving: nodes are small, the lexicon is not.
    const shares = (other: number): boolean => {
      if (other >= size || this.lexicon.lengthOf(other) < length) return false;
      const at = offsets[other] ?? 0;
      for (let k = 0; k < length; k++) if (chars[at + k] !== chars[start + k]) return false;
      return true;
    };
    let step = 1;
    let lo = token;
    while (shares(lo + step)) {
      lo += step;
      step *= 2;
    }
    for (; step >= 1; step = Math.floor(step / 2)) if (shares(lo + step)) lo += step;
    return lo + 1;
  }

  /** Words with the consonant skeleton of `typed`, in either script. */
  sounding(typed: string): number[] {
    const skeleton = hasSound(typed) ? skeletonOf(soundOf(typed)) : '';
    if (skeleton === '') return [];
    const { soundBuckets, soundTokens } = this.data;
    const bucket = hashText(skeleton) & (soundBuckets.length - 2);
    const found: number[] = [];
    const end = soundBuckets[bucket + 1] ?? 0;
    for (let at = soundBuckets[bucket] ?? 0; at < end; at++) {
      const token = soundTokens[at] ?? 0;
      if (skeletonOf(soundOf(this.lexicon.word(token))) === skeleton) found.push(token);
    }
    return found;
  }
}
