/**
 * How far a typed word lies from a word of the lexicon: the number of edits (insert, delete, substitute, swap of
 * neighbours) and their weight in tenths of an edit. Keys that lie side by side, vowels, doubled letters and letters
 * that sound alike weigh less than a random change, since that is how people err.
 */

/** Longer words are not corrected: nobody types them. */
export const LONGEST_CORRECTED = 40;

const FIRST_LETTER = 3;
const UNFINISHED = 4;

const SOUND_ALIKE = [
  'ck',
  'cs',
  'kq',
  'cq',
  'sz',
  'iy',
  'ie',
  'ae',
  'ai',
  'ou',
  'gj',
  'vf',
  'bp',
  'dt',
  'mn',
  'xs',
  'xz',
  'ey',
  'uo',
  'ao',
  'اع',
  'اه',
  'هح',
  'تط',
  'ثس',
  'ثت',
  'سص',
  'زظ',
  'ذز',
  'دض',
  'كق',
  'جغ',
  'قغ',
  'وا',
  'يا',
  'ذد',
  'وي',
  'شس',
  'فث',
  'كخ',
  'اي',
  'بن',
  'ئي',
];
const KEYBOARD_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظ'];
const VOWELS = 'aeiouyاوي';

/** Weight of putting one character for another; both below 0x0700. Others weigh a whole edit. */
const SUBSTITUTION = new Map<number, number>();
const pairOf = (a: number, b: number): number => (a < b ? a * 0x10000 + b : b * 0x10000 + a);
for (let row = 0; row < KEYBOARD_ROWS.length; row++) {
  const keys = KEYBOARD_ROWS[row] ?? '';
  const below = row % 3 < 2 ? (KEYBOARD_ROWS[row + 1] ?? '') : '';
  for (let n = 0; n < keys.length; n++) {
    const key = keys.charCodeAt(n);
    for (const near of [keys[n + 1], below[n], below[n - 1]])
      if (near !== undefined) SUBSTITUTION.set(pairOf(key, near.charCodeAt(0)), 8);
  }
}
for (const a of VOWELS)
  for (const b of VOWELS) if (a < b) SUBSTITUTION.set(pairOf(a.charCodeAt(0), b.charCodeAt(0)), 7);
for (const pair of SOUND_ALIKE) SUBSTITUTION.set(pairOf(pair.charCodeAt(0), pair.charCodeAt(1)), 5);

const EDIT = 10;
const SWAP = 8;
const DOUBLED = 5;
const VOWEL = 8;
/** h is written and left out freely: zitromax, rithmo, penthicillin. */
const SILENT = 6;
const SILENT_LETTER = 0x68;

const isVowel = new Uint8Array(0x0700);
for (const vowel of VOWELS) isVowel[vowel.charCodeAt(0)] = 1;

const WIDTH = LONGEST_CORRECTED + 4;
const counts = new Uint8Array(3 * WIDTH);
const weights = new Uint16Array(3 * WIDTH);
const IMPOSSIBLE = 200;

/** What the last call of `measureEdits` found. One object, reused: this runs for hundreds of words in a search. */
export const measured = {
  edits: 0,
  /** Tenths of an edit, with what an unfinished word costs. */
  weight: 0,
  /** Characters of the lexicon's word that were compared. */
  length: 0,
  isUnfinished: false,
};

function insertionWeight(code: number, before: number): number {
  if (code === before) return DOUBLED;
  if (code === SILENT_LETTER) return SILENT;
  return code < 0x0700 && isVowel[code] === 1 ? VOWEL : EDIT;
}

/**
 * Compares a typed word with a word of the lexicon (`chars[start … start + length)`), or with the best beginning of
 * it when `mayBeUnfinished`. False when more than `limit` edits are needed; otherwise `measured` says how many.
 */
export function measureEdits(
  typed: string,
  chars: Uint16Array,
  start: number,
  length: number,
  limit: number,
  mayBeUnfinished: boolean,
): boolean {
  const n = typed.length;
  const m = Math.min(length, n + limit);
  if (n > LONGEST_CORRECTED || n - length > limit || (!mayBeUnfinished && length - n > limit)) return false;
  // Rows of the table: typed characters; columns: characters of the lexicon's word. Three rows are kept.
  for (let j = 0; j <= m; j++) {
    counts[j] = j;
    weights[j] =
      j === 0
        ? 0
        : (weights[j - 1] ?? 0) +
          insertionWeight(chars[start + j - 1] ?? 0, j > 1 ? (chars[start + j - 2] ?? 0) : 0);
  }
  for (let i = 1; i <= n; i++) {
    const row = (i % 3) * WIDTH;
    const above = ((i + 2) % 3) * WIDTH;
    const twoAbove = ((i + 1) % 3) * WIDTH;
    const a = typed.charCodeAt(i - 1);
    const aBefore = i > 1 ? typed.charCodeAt(i - 2) : 0;
    counts[row] = i;
    weights[row] = (weights[above] ?? 0) + insertionWeight(a, aBefore);
    let least = i;
    for (let j = 1; j <= m; j++) {
      const b = chars[start + j - 1] ?? 0;
      const bBefore = j > 1 ? (chars[start + j - 2] ?? 0) : 0;
      let count = counts[above + j - 1] ?? 0;
      let weight = weights[above + j - 1] ?? 0;
      if (a !== b) {
        count += 1;
        weight += SUBSTITUTION.get(pairOf(a, b)) ?? EDIT;
        if (i === 1 && j === 1) weight += FIRST_LETTER;
      }
      // Written out: a helper called from here would double the time of a corrected search.
      let otherCount = (counts[above + j] ?? 0) + 1;
      let otherWeight = (weights[above + j] ?? 0) + insertionWeight(a, aBefore);
      if (otherCount < count || (otherCount === count && otherWeight < weight)) {
        count = otherCount;
        weight = otherWeight;
      }
      otherCount = (counts[row + j - 1] ?? 0) + 1;
      otherWeight = (weights[row + j - 1] ?? 0) + insertionWeight(b, bBefore);
      if (otherCount < count || (otherCount === count && otherWeight < weight)) {
        count = otherCount;
        weight = otherWeight;
      }
      if (i > 1 && j > 1 && a === bBefore && aBefore === b && a !== b) {
        otherCount = (counts[twoAbove + j - 2] ?? 0) + 1;
        otherWeight = (weights[twoAbove + j - 2] ?? 0) + SWAP;
        if (otherCount < count || (otherCount === count && otherWeight < weight)) {
          count = otherCount;
          weight = otherWeight;
        }
      }
      counts[row + j] = count;
      weights[row + j] = weight;
      if (count < least) least = count;
    }
    if (least > limit) return false;
  }
  const last = (n % 3) * WIDTH;
  let best = IMPOSSIBLE;
  let bestWeight = 0;
  let bestLength = 0;
  for (let j = mayBeUnfinished ? 1 : length; j <= m; j++) {
    const count = counts[last + j] ?? IMPOSSIBLE;
    const weight = (weights[last + j] ?? 0) + (j < length ? UNFINISHED : 0);
    if (count < best || (count === best && weight < bestWeight)) {
      best = count;
      bestWeight = weight;
      bestLength = j;
    }
  }
  if (best > limit) return false;
  measured.edits = best;
  measured.weight = bestWeight;
  measured.length = bestLength;
  measured.isUnfinished = bestLength < length;
  return true;
}
