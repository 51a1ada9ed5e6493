import { editDistance } from '../../platform/text/edit-distance.js';
import { withoutStrengths } from './amount.domain.js';
import { ingredientKey, type IngredientIndex } from './ingredient-index.domain.js';
import { isArabic, soundOf } from './ingredient-sound.domain.js';
import { readings, reductions } from './ingredient-reading.domain.js';

/** Why a name is put forward. A pharmacist decides; the reason says what to look at. */
export type SuggestionReason =
  | 'same name'
  | 'salt of'
  | 'another way to say'
  | 'misspelling'
  | 'contains'
  | 'part of'
  | 'arabic spelling'
  | 'sounds like';

/** One ingredient an unknown text may mean. */
export interface IngredientSuggestion<T> {
  ingredient: T;
  /** The known name that came near: the standard name or one of its synonyms, as a key. */
  name: string;
  /** 0 to 1, higher is nearer. Above 0.9 a reviewer will nearly always agree. Not a probability. */
  score: number;
  reason: SuggestionReason;
}

interface Known<T> {
  key: string;
  ingredient: T;
  grams: number;
}

/** What is needed to look for near names; built once for an index, some 50 bytes for each letter of its names. */
interface Neighbours<T> {
  names: ReadonlyArray<Known<T>>;
  byGram: ReadonlyMap<string, readonly number[]>;
  bySound: ReadonlyMap<string, readonly number[]>;
  byWord: ReadonlyMap<string, readonly number[]>;
}

const BUILT = new WeakMap<object, Neighbours<unknown>>();
/** Names compared letter by letter for one text: those that share most groups of three letters. */
const COMPARED = 150;
/** A sound of fewer consonants belongs to too many names. */
const SHORTEST_SOUND = 3;
/** A known name shorter than this inside a longer text says nothing. */
const SHORTEST_INSIDE = 4;

function gramsOf(key: string): string[] {
  const text = ` ${key} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= text.length; i++) grams.add(text.slice(i, i + 3));
  return [...grams];
}

function add<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function neighboursOf<T>(index: IngredientIndex<T>): Neighbours<T> {
  const built = BUILT.get(index) as Neighbours<T> | undefined;
  if (built !== undefined) return built;
  const names: Array<Known<T>> = [];
  const byGram = new Map<string, number[]>();
  const bySound = new Map<string, number[]>();
  const byWord = new Map<string, number[]>();
  for (const { key, ingredient } of index.names()) {
    const at = names.length;
    const grams = gramsOf(key);
    names.push({ key, ingredient, grams: grams.length });
    for (const gram of grams) add(byGram, gram, at);
    for (const word of new Set(key.split(' '))) if (word.length > 2) add(byWord, word, at);
    const sound = soundOf(key);
    if (sound.length >= SHORTEST_SOUND) add(bySound, sound, at);
  }
  const neighbours = { names, byGram, bySound, byWord };
  BUILT.set(index, neighbours);
  return neighbours;
}

/** Names that share most groups of three letters with the key, most alike first. */
function alike<T>(key: string, { names, byGram }: Neighbours<T>): Array<Known<T>> {
  const grams = gramsOf(key);
  const shared = new Map<number, number>();
  for (const gram of grams)
    for (const at of byGram.get(gram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
  const scored: Array<readonly [Known<T>, number]> = [];
  for (const [at, count] of shared) {
    const known = names[at];
    if (known !== undefined && count > 1) scored.push([known, (2 * count) / (grams.length + known.grams)]);
  }
  return scored
    .sort((a, b) => b[1] - a[1])
    .slice(0, COMPARED)
    .map(([known]) => known);
}

const round = (score: number): number => Math.round(Math.max(0, Math.min(1, score)) * 100) / 100;

type Offer<T> = (ingredient: T, name: string, score: number, reason: SuggestionReason) => void;

function offerSpellings<T>(key: string, neighbours: Neighbours<T>, offer: Offer<T>): void {
  for (const known of alike(key, neighbours)) {
    const longest = Math.max(key.length, known.key.length);
    const limit = Math.max(1, Math.min(4, Math.floor(longest / 3)));
    const distance = editDistance(key, known.key, limit);
    if (distance > limit) continue;
    // One slip in a long word is near, two in a short one are far; another first letter is seldom a slip.
    const start = key[0] === known.key[0] ? 0 : 0.1;
    offer(known.ingredient, known.key, 1 - (1.3 * distance) / longest - start, 'misspelling');
  }
}

function offerSounds<T>(key: string, { names, bySound }: Neighbours<T>, offer: Offer<T>): void {
  const sound = soundOf(key);
  if (sound.length < SHORTEST_SOUND) return;
  const arabic = isArabic(key);
  const reason = arabic ? 'arabic spelling' : 'sounds like';
  const weigh = (at: number, share: number): void => {
    const known = names[at];
    if (known === undefined) return;
    // Between two scripts the letters cannot be compared; within one they tell likely readings from others.
    const letters =
      isArabic(known.key) === arabic
        ? 1 - editDistance(key, known.key, 12) / Math.max(key.length, known.key.length)
        : 0.75;
    offer(known.ingredient, known.key, share * (0.55 + 0.35 * letters), reason);
  };
  for (const at of bySound.get(sound) ?? []) weigh(at, 1);
  if (sound.length < 5) return;
  for (const [other, owners] of bySound) {
    if (Math.abs(other.length - sound.length) > 1 || other[0] !== sound[0]) continue;
    if (editDistance(sound, other, 1) === 1) for (const at of owners) weigh(at, 0.85);
  }
}

function offerContained<T>(key: string, { names, byWord }: Neighbours<T>, offer: Offer<T>): void {
  const padded = ` ${key} `;
  const seen = new Set<number>();
  for (const word of key.split(' ')) {
    for (const at of byWord.get(word) ?? []) {
      const known = names[at];
      if (known === undefined || seen.has(at)) continue;
      seen.add(at);
      const [inside, around] = [known.key.length, key.length];
      if (inside >= SHORTEST_INSIDE && padded.includes(` ${known.key} `))
        offer(known.ingredient, known.key, 0.45 + (0.45 * inside) / around, 'contains');
      else if (around >= SHORTEST_INSIDE && ` ${known.key} `.includes(padded))
        offer(known.ingredient, known.key, 0.4 + (0.45 * around) / inside, 'part of');
    }
  }
}

/**
 * Up to `limit` ingredients that an unlinked text may mean, best first, each once with its best reason; [] where
 * nothing comes near. For the worklist only: nothing is ever linked by a score. Some 1 to 5 ms for a text.
 */
export function suggestIngredients<T>(
  text: string,
  index: IngredientIndex<T>,
  limit = 5,
): Array<IngredientSuggestion<T>> {
  const best = new Map<T, IngredientSuggestion<T>>();
  const offer: Offer<T> = (ingredient, name, score, reason) => {
    const known = best.get(ingredient);
    const rounded = round(score);
    if (rounded >= 0.4 && (known === undefined || known.score < rounded))
      best.set(ingredient, { ingredient, name, score: rounded, reason });
  };
  const neighbours = neighboursOf(index);
  const { outer, others } = readings(text.toUpperCase());
  const keys = [...new Set([ingredientKey(withoutStrengths(text.toUpperCase())), outer, ...others])];
  for (const [at, key] of keys.filter((key) => key.length > 1).entries()) {
    const trust = at === 0 ? 1 : 0.97;
    const weighed: Offer<T> = (ingredient, name, score, reason) =>
      offer(ingredient, name, score * trust, reason);
    const exact = index.resolve(key);
    if (exact !== undefined) weighed(exact, key, 1, 'same name');
    for (const { name, by } of reductions(key)) {
      const ingredient = index.resolve(name);
      if (ingredient !== undefined)
        weighed(ingredient, name, 0.95, by === 'salt' ? 'salt of' : 'another way to say');
      else if (by === 'salt') offerSpellings(name, neighbours, weighed);
    }
    offerSpellings(key, neighbours, weighed);
    offerSounds(key, neighbours, weighed);
    offerContained(key, neighbours, weighed);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1)).slice(0, limit);
}
