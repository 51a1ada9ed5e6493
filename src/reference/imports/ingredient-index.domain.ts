import { editDistance } from '../../platform/text/edit-distance.js';
import { foldText } from '../../platform/text/fold.js';
import { isArabic, soundOf } from './ingredient-sound.domain.js';
import { isRival, slipsFrom } from './ingredient-spelling.domain.js';

/** What the parser needs to know of the ingredients that exist. Names are given as `ingredientKey`s. */
export interface IngredientLexicon<T> {
  /** The ingredient known by exactly this name (standard name, synonym, salt, abbreviation). */
  resolve(key: string): T | undefined;
  /**
   * Ingredients that a name may be misspelt for. One answer is a misspelling of it; two or more mean that nobody can
   * tell, and the part stays unlinked.
   */
  suggest?(key: string): readonly T[];
  /** Ingredients of all known names that begin with this text. */
  completions?(key: string): readonly T[];
}

/** All known names, for looking up and for putting forward. */
export interface IngredientIndex<T> extends IngredientLexicon<T> {
  suggest(key: string): readonly T[];
  completions(key: string): readonly T[];
  /** Every key that means exactly one ingredient. */
  names(): Iterable<{ key: string; ingredient: T }>;
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
  [/\baluminum\b/g, 'aluminium'],
  [/\btartarate\b/g, 'tartrate'],
  [/\b(be|me|to)silate\b/g, '$1sylate'],
  [/\bco ?enzyme? q ?10\b|\bco ?q ?10\b/g, 'coenzyme q10'],
  [/\bomega ?(\d)\b/g, 'omega $1'],
  [/\b(bis|di) glycinate/g, '$1glycinate'],
  [/\bpro vitamin\b/g, 'provitamin'],
  [/\b(oil|extract|crystal)s\b/g, '$1'],
  [/\b(?:exts?|extr|ex)$/g, 'extract'],
  [/\bhaem/g, 'hem'],
  [/\b(?:hci|h cl)\b/g, 'hcl'],
  [/^na (?=[a-z]{5})/g, 'sodium '],
  [/ cl$/g, ' chloride'],
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

/** Shortest name, in letters, that is still told from others when its blanks are gone. */
const SHORTEST_COMPACT = 8;

function withoutBlanks(key: string): string | undefined {
  const letters = key.replaceAll(' ', '');
  return letters.length < SHORTEST_COMPACT ? undefined : letters;
}

/** Keys that share one spelling without blanks, one set of words, one sound: what belongs to two ingredients belongs to none. */
class Unique<T> {
  private readonly owners = new Map<string, T | undefined>();

  add(key: string, owner: T): void {
    if (!this.owners.has(key)) this.owners.set(key, owner);
    else if (this.owners.get(key) !== owner) this.owners.set(key, undefined);
  }

  get(key: string): T | undefined {
    return this.owners.get(key);
  }

  has(key: string): boolean {
    return this.owners.has(key);
  }

  entries(): IterableIterator<[string, T | undefined]> {
    return this.owners.entries();
  }
}

/** "insulin human regular", "regular human insulin": the same words in another order. */
function inAnyOrder(key: string): string | undefined {
  const words = key.split(' ');
  return words.length < 2 || words.length > 6 ? undefined : words.sort().join(' ');
}

/** How an Arabic name is written by people who spell as they hear: long vowels and doubled letters left out. */
function arabicSound(key: string): string | undefined {
  if (!isArabic(key)) return undefined;
  const sound = soundOf(key);
  return sound.length < SHORTEST_ARABIC ? undefined : sound;
}

/** Fewer consonants are shared by many names. */
const SHORTEST_ARABIC = 4;
/** Letters of an Arabic spelling that may differ from the known one, vowels for the most part. */
const ARABIC_SLIPS = 3;

interface Candidate<T> {
  key: string;
  letters: number;
  ingredient: T;
}

class NameIndex<T> implements IngredientIndex<T> {
  private readonly byKey = new Unique<T>();
  private readonly byLetters = new Unique<T>();
  private readonly byWords = new Unique<T>();
  private readonly bySound = new Map<string, Array<{ key: string; ingredient: T }>>();
  /** Names by first letter and length: only such a name can be a letter or two away. */
  private readonly buckets = new Map<string, Array<Candidate<T>>>();
  /** Names without their first letter. */
  private readonly byTail = new Map<string, Array<Candidate<T>>>();

  constructor(names: Iterable<KnownName<T>>) {
    for (const { name, ingredient } of names) {
      const key = ingredientKey(name);
      if (key !== '') this.byKey.add(key, ingredient);
    }
    for (const [key, ingredient] of this.byKey.entries())
      if (ingredient !== undefined) this.place(key, ingredient);
  }

  private place(key: string, ingredient: T): void {
    const letters = withoutBlanks(key);
    if (letters !== undefined) this.byLetters.add(letters, ingredient);
    const words = inAnyOrder(key);
    if (words !== undefined) this.byWords.add(words, ingredient);
    const sound = arabicSound(key);
    if (sound !== undefined) add(this.bySound, sound, { key, ingredient });
    if (key.length < SHORTEST_CORRECTED) return;
    const candidate = { key, letters: lettersOf(key), ingredient };
    add(this.buckets, `${key[0] ?? ''}${key.length}`, candidate);
    add(this.byTail, key.slice(1), candidate);
  }

  resolve(key: string): T | undefined {
    if (this.byKey.has(key)) return this.byKey.get(key);
    const letters = withoutBlanks(key);
    const compact = letters === undefined ? undefined : this.byLetters.get(letters);
    if (compact !== undefined) return compact;
    const words = inAnyOrder(key);
    return (words === undefined ? undefined : this.byWords.get(words)) ?? this.heard(key);
  }

  /** The ingredient of an Arabic name written as it sounds; undefined where two sound alike. */
  private heard(key: string): T | undefined {
    const sound = arabicSound(key);
    const near = (sound === undefined ? [] : (this.bySound.get(sound) ?? [])).filter(
      (known) => editDistance(key, known.key, ARABIC_SLIPS) <= ARABIC_SLIPS,
    );
    const owner = near[0]?.ingredient;
    return near.every(({ ingredient }) => ingredient === owner) ? owner : undefined;
  }

  suggest(key: string): readonly T[] {
    if (key.length < SHORTEST_CORRECTED) return [];
    const near = this.near(key, 2);
    let best: { key: string; slips: number; ingredient: T } | undefined;
    for (const { known } of near) {
      const slips = slipsFrom(key, known.key);
      if (slips !== undefined && (best === undefined || slips < best.slips))
        best = { key: known.key, slips, ingredient: known.ingredient };
    }
    if (best === undefined) return [];
    const { slips, key: right, ingredient } = best;
    const rivals = (slips < 2 ? near : this.near(key, 3)).filter(
      ({ known, distance }) =>
        known.ingredient !== ingredient && isRival(key, right, known.key, slips, distance),
    );
    return [...new Set([ingredient, ...rivals.map(({ known }) => known.ingredient)])];
  }

  completions(key: string): readonly T[] {
    const found = new Set<T>();
    for (const known of this.names()) if (known.key.startsWith(key)) found.add(known.ingredient);
    return [...found];
  }

  /** Names at most `limit` letters away that begin alike, and those whose beginning alone differs. */
  private near(key: string, limit: number): Array<{ known: Candidate<T>; distance: number }> {
    const letters = lettersOf(key);
    const near: Array<{ known: Candidate<T>; distance: number }> = [];
    for (let length = key.length - limit; length <= key.length + limit; length++) {
      for (const known of this.buckets.get(`${key[0] ?? ''}${length}`) ?? []) {
        if (bitCount(letters ^ known.letters) > 2 * limit) continue;
        const distance = editDistance(key, known.key, limit);
        if (distance <= limit) near.push({ known, distance });
      }
    }
    // A first letter left out, mistyped, or put before the name.
    for (const tail of [key, key.slice(1)])
      for (const known of this.byTail.get(tail) ?? [])
        if (known.key[0] !== key[0]) near.push({ known, distance: 1 });
    const behind = this.byKey.get(key.slice(1));
    if (behind !== undefined && key[1] !== key[0])
      near.push({ known: { key: key.slice(1), letters, ingredient: behind }, distance: 1 });
    // "itapride" is one slip from tiapride, which begins otherwise.
    const swapped = `${key[1] ?? ''}${key[0] ?? ''}${key.slice(2)}`;
    const ingredient = this.byKey.get(swapped);
    if (ingredient !== undefined && swapped !== key)
      near.push({ known: { key: swapped, letters, ingredient }, distance: 1 });
    return near;
  }

  *names(): Iterable<{ key: string; ingredient: T }> {
    for (const [key, ingredient] of this.byKey.entries())
      if (ingredient !== undefined) yield { key, ingredient };
  }
}

/** Names shorter than this are never corrected. */
const SHORTEST_CORRECTED = 6;

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * Index of known names. A key claimed by two different ingredients belongs to neither: `resolve` answers
 * undefined for it. Ingredients are compared by identity (`===`), so hand in ids or shared objects.
 */
export function buildIngredientIndex<T>(names: Iterable<KnownName<T>>): IngredientIndex<T> {
  return new NameIndex(names);
}
