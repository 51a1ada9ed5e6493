/** Orders products by the words of their names, comparing word numbers instead of texts. */

/** Names as runs of word numbers. */
export interface Sequences {
  /** Word number in the upper 24 bits of each entry. */
  readonly entries: Uint32Array;
  /** First entry of an item's name. */
  startOf(item: number): number;
  /** Words of an item's name. */
  lengthOf(item: number): number;
  /** Decides between items of the same name. */
  tieOf(item: number): number;
}

/**
 * The items in order of name. Word numbers must be places in a sorted lexicon: then comparing them is comparing the
 * names, since a blank sorts before every character of a word.
 */
export function orderBySequence(sequences: Sequences, items: Uint32Array, wordCount: number): Uint32Array {
  const { entries } = sequences;
  const firstWord = (item: number): number =>
    sequences.lengthOf(item) === 0 ? 0 : ((entries[sequences.startOf(item)] ?? 0) >>> 8) + 1;
  // A counting sort by the first word leaves small groups to compare.
  const ends = new Uint32Array(wordCount + 2);
  for (const item of items) ends[firstWord(item) + 1] = (ends[firstWord(item) + 1] ?? 0) + 1;
  for (let n = 1; n < ends.length; n++) ends[n] = (ends[n] ?? 0) + (ends[n - 1] ?? 0);
  const next = ends.slice();
  const order = new Uint32Array(items.length);
  for (const item of items) {
    const group = firstWord(item);
    const at = next[group] ?? 0;
    next[group] = at + 1;
    order[at] = item;
  }
  const compare = (a: number, b: number): number => {
    const lengthA = sequences.lengthOf(a);
    const lengthB = sequences.lengthOf(b);
    const startA = sequences.startOf(a);
    const startB = sequences.startOf(b);
    const common = Math.min(lengthA, lengthB);
    for (let k = 0; k < common; k++) {
      const difference = ((entries[startA + k] ?? 0) >>> 8) - ((entries[startB + k] ?? 0) >>> 8);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB || sequences.tieOf(a) - sequences.tieOf(b);
  };
  for (let group = 0; group <= wordCount; group++) {
    const lo = ends[group] ?? 0;
    const hi = ends[group + 1] ?? 0;
    if (hi - lo > 1) order.subarray(lo, hi).sort(compare);
  }
  return order;
}
