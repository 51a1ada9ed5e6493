/**
 * A sorted list of distinct words in one buffer of UTF-16 codes. A word is its number; words with a common beginning
 * are neighbours, so that a prefix is a range of numbers.
 */

/** Words from `lo` to before `hi`. */
export interface TokenRange {
  readonly lo: number;
  readonly hi: number;
}

export const EMPTY_RANGE: TokenRange = { lo: 0, hi: 0 };
const LAST_CODE = '\uffff';

export class Lexicon {
  readonly size: number;

  constructor(
    /** All words, one after the other. */
    readonly chars: Uint16Array,
    /** Word n is `chars[offsets[n] … offsets[n + 1])`. */
    readonly offsets: Uint32Array,
  ) {
    this.size = offsets.length - 1;
  }

  /** `sorted` must be in order of UTF-16 codes (JavaScript's own) and without repetition. */
  static fromSorted(
    sorted: readonly string[],
    makeBuffer = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes),
  ): Lexicon {
    let length = 0;
    for (const word of sorted) length += word.length;
    const chars = new Uint16Array(makeBuffer(length * 2));
    const offsets = new Uint32Array(makeBuffer((sorted.length + 1) * 4));
    let at = 0;
    for (let n = 0; n < sorted.length; n++) {
      const word = sorted[n] ?? '';
      for (let k = 0; k < word.length; k++) chars[at++] = word.charCodeAt(k);
      offsets[n + 1] = at;
    }
    return new Lexicon(chars, offsets);
  }

  word(token: number): string {
    const start = this.offsets[token] ?? 0;
    const end = this.offsets[token + 1] ?? start;
    let text = '';
    for (let at = start; at < end; at++) text += String.fromCharCode(this.chars[at] ?? 0);
    return text;
  }

  lengthOf(token: number): number {
    return (this.offsets[token + 1] ?? 0) - (this.offsets[token] ?? 0);
  }

  /** The number of a word, or -1. */
  find(word: string): number {
    const at = this.lowerBound(word);
    return at < this.size && this.lengthOf(at) === word.length && this.startsWith(at, word) ? at : -1;
  }

  /** The words that begin with `prefix`; the prefix itself, where it is a word, is the first. */
  prefixRange(prefix: string): TokenRange {
    const lo = this.lowerBound(prefix);
    if (lo >= this.size || !this.startsWith(lo, prefix)) return EMPTY_RANGE;
    return { lo, hi: this.lowerBound(prefix + LAST_CODE) };
  }

  startsWith(token: number, prefix: string): boolean {
    const start = this.offsets[token] ?? 0;
    if (this.lengthOf(token) < prefix.length) return false;
    for (let k = 0; k < prefix.length; k++) if (this.chars[start + k] !== prefix.charCodeAt(k)) return false;
    return true;
  }

  /** Number of words that sort before `word`. */
  lowerBound(word: string): number {
    let lo = 0;
    let hi = this.size;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (this.compare(middle, word) < 0) lo = middle + 1;
      else hi = middle;
    }
    return lo;
  }

  private compare(token: number, word: string): number {
    const start = this.offsets[token] ?? 0;
    const length = this.lengthOf(token);
    const common = Math.min(length, word.length);
    for (let k = 0; k < common; k++) {
      const difference = (this.chars[start + k] ?? 0) - word.charCodeAt(k);
      if (difference !== 0) return difference;
    }
    return length - word.length;
  }
}

/** Numbers for words in order of first appearance, while an index is being built. */
export class WordTable {
  private readonly numbers = new Map<string, number>();
  private readonly words: string[] = [];

  numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length;
    this.numbers.set(word, number);
    this.words.push(word);
    return number;
  }

  /** The words in order, and for each number given out the place of its word in that order. */
  sorted(): { readonly words: readonly string[]; readonly placeOf: Uint32Array } {
    const words = [...this.words].sort();
    const placeOf = new Uint32Array(words.length);
    for (let place = 0; place < words.length; place++)
      placeOf[this.numbers.get(words[place] ?? '') ?? 0] = place;
    return { words, placeOf };
  }
}
