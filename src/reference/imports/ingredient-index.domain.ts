import { foldText } from '../../platform/text/fold.js';
import { NEVER_CORRECTED } from './ingredient-words.domain.js';

/** What the parser needs to know of the ingredients that exist. Names are given as `ingredientKey`s. */
export interface IngredientLexicon<T> {
  /** The ingredient known by exactly this name (standard name, synonym, salt, abbreviation). */
  resolve(key: string): T | undefined;
  /**
   * Ingredients whose known name is one edit away. One answer is a misspelling of it; two or more mean that
   * nobody can tell, and the part stays unlinked.
   */
  suggest?(key: string): readonly T[];
}

/** A name under which an ingredient is known. */
export interface KnownName<T> {
  name: string;
  ingredient: T;
}

/** Spelling habits in which one substance has two spellings, none of which tells two substances apart. */
const SPELLINGS: ReadonlyArray<readonly [RegExp, string]> = [
  [/sulph/g, 'sulf'],
  [/\bceph(?=al|ra|az|ap|op)/g, 'cef'],
  [/\boestr/g, 'estr'],
  [/\bhaem/g, 'hem'],
  [/\baluminum\b/g, 'aluminium'],
  [/\btartarate\b/g, 'tartrate'],
  [/\b(be|me|to)silate\b/g, '$1sylate'],
  [/\bco ?enzyme? q ?10\b|\bco ?q ?10\b/g, 'coenzyme q10'],
  [/\bomega ?(\d)\b/g, 'omega $1'],
  [/\b(bis|di) glycinate/g, '$1glycinate'],
  [/\bpro vitamin\b/g, 'provitamin'],
  [/\b(oil|extract|crystal)s\b/g, '$1'],
  [/\bvita?m?i?ne?s? (?=[a-ek]\d{0,2}\b)/g, 'vitamin '],
];

const VITAMIN = /^(?:(?:vitamine?s?|vita?|v) ?)?([a-ehk]) ?(\d{0,2})$/;

/** Keys worked out lately: the words of a catalogue repeat a lot. Bounded, some 2 MB at most. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 20_000;

/**
 * The form under which ingredient names are compared: `foldText`, then spellings unified (sulph-/sulf-) and
 * vitamins written one way ("VIT. B 12", "VB12", "B12" → "vitamin b12"). A bare letter stays a letter.
 */
export function ingredientKey(name: string): string {
  const known = KEYS.get(name);
  if (known !== undefined) return known;
  const key = makeKey(name);
  if (KEYS.size >= MOST_KEYS) KEYS.clear();
  KEYS.set(name, key);
  return key;
}

function makeKey(name: string): string {
  let key = foldText(name);
  for (const [pattern, spelling] of SPELLINGS) key = key.replace(pattern, spelling);
  const vitamin = VITAMIN.exec(key);
  if (vitamin !== null) {
    const [, letter = '', digits = ''] = vitamin;
    if (digits !== '' ? 'bdk'.includes(letter) : key.startsWith('vit')) return `vitamin ${letter}${digits}`;
  }
  return key
    .replace(/^(?:vit|vitamins?)(?: b| ?b) ?complex$|^b ?complex$/, 'vitamin b complex')
    .replace(/^(?:vit|vitamins) (?=\S{3})/, 'vitamin ');
}

/** One bit for each letter a name holds; an edit changes at most two of them. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) & 31);
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Optimal string alignment distance of two strings, given up at `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // What two names begin and end with alike costs nothing.
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const left = a.slice(start, endA);
  const right = b.slice(start, endB);
  if (left === '' || right === '') return Math.min(limit + 1, left.length + right.length);
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    before = above;
    above = row;
  }
  return Math.min(limit + 1, above[right.length] ?? limit + 1);
}

/** A changed ending names another substance (lactase, lactose; nitrite, nitrate): same length, tail differs. */
function changesTheEnding(wrong: string, right: string): boolean {
  return wrong.length === right.length && wrong.slice(0, -3) === right.slice(0, -3);
}

/**
 * True when `wrong` is one letter away from `right` in a way that is a slip of the pen: one word of at
 * least six letters differs, begins with the same letter, holds no digit, is not a name of its own, and does
 * not differ in its chemical ending only.
 */
export function isMisspellingOf(wrong: string, right: string): boolean {
  const given = wrong.split(' ');
  const known = right.split(' ');
  if (given.length !== known.length) return false;
  let edited = false;
  for (const [i, word] of given.entries()) {
    const target = known[i] ?? '';
    if (word === target) continue;
    if (edited || word.length < 6 || target.length < 6 || word[0] !== target[0]) return false;
    if (/\d/.test(word) || /\d/.test(target)) return false;
    if (NEVER_CORRECTED.has(word) || NEVER_CORRECTED.has(target)) return false;
    if (changesTheEnding(word, target) || editDistance(word, target, 1) !== 1) return false;
    edited = true;
  }
  return edited;
}

/** Shortest name, in letters, that is still told from others when its blanks are gone. */
const SHORTEST_COMPACT = 8;

function withoutBlanks(key: string): string | undefined {
  const letters = key.replaceAll(' ', '');
  return letters.length < SHORTEST_COMPACT ? undefined : letters;
}

/**
 * Index of known names. A key claimed by two different ingredients belongs to neither: `resolve` answers
 * undefined for it. Ingredients are compared by identity (`===`), so hand in ids or shared objects.
 */
export function buildIngredientIndex<T>(names: Iterable<KnownName<T>>): IngredientLexicon<T> {
  const byKey = new Map<string, T | undefined>();
  for (const { name, ingredient } of names) {
    const key = ingredientKey(name);
    if (key === '') continue;
    if (!byKey.has(key)) byKey.set(key, ingredient);
    else if (byKey.get(key) !== ingredient) byKey.set(key, undefined);
  }
  // Names that differ in blanks only ("hyaluronicacid", "5 hydroxy tryptophan") are one name, if long enough to tell.
  const byLetters = new Map<string, T | undefined>();
  for (const [key, ingredient] of byKey) {
    const letters = withoutBlanks(key);
    if (letters === undefined) continue;
    byLetters.set(
      letters,
      !byLetters.has(letters) || byLetters.get(letters) === ingredient ? ingredient : undefined,
    );
  }
  // Candidates share the first letter and differ by at most two in length, so only such names are compared.
  const buckets = new Map<string, Array<{ key: string; letters: number }>>();
  for (const key of byKey.keys()) {
    if (key.length < 6) continue;
    const bucket = `${key[0] ?? ''}${key.length}`;
    const keys = buckets.get(bucket);
    if (keys === undefined) buckets.set(bucket, [{ key, letters: lettersOf(key) }]);
    else keys.push({ key, letters: lettersOf(key) });
  }
  const suggest = (key: string): readonly T[] => {
    if (key.length < 6) return [];
    const near = new Set<T>();
    const rivals = new Set<T>();
    const letters = lettersOf(key);
    for (let length = key.length - 2; length <= key.length + 2; length++) {
      for (const candidate of buckets.get(`${key[0] ?? ''}${length}`) ?? []) {
        const ingredient = byKey.get(candidate.key);
        if (ingredient === undefined || bitCount(letters ^ candidate.letters) > 4) continue;
        const distance = editDistance(key, candidate.key, 2);
        if (distance > 2) continue;
        if (distance === 1 && isMisspellingOf(key, candidate.key)) near.add(ingredient);
        // A name two edits away makes a correction doubtful if the names are long enough to be rivals at all.
        else if (distance === 1 || key.length >= 8) rivals.add(ingredient);
      }
    }
    return near.size === 0 ? [] : [...new Set([...near, ...rivals])];
  };
  const resolve = (key: string): T | undefined => {
    if (byKey.has(key)) return byKey.get(key);
    const letters = withoutBlanks(key);
    return letters === undefined ? undefined : byLetters.get(letters);
  };
  return { resolve, suggest };
}
