import { foldText } from '../../platform/text/fold.js';
import type { LookAlike } from './clinical.types.js';
import type { ScreeningReport } from './screening-report.domain.js';

/** A product by the name it is asked for. */
export interface NamedProduct {
  readonly drugId: number;
  readonly name: string;
}

/** Names that share this part of their letters in order, or more, look alike. */
const SPELLING_LIKENESS = 72;
/** Names that begin with the same two letters and end with the same one need share less: Celebrex and Cerebyx. */
const FRAMED_LIKENESS = 60;
/** So need names of one sound. */
const SOUND_LIKENESS = 55;
/** Shorter names differ by too few letters to say anything. */
const MIN_LETTERS = 4;
/** What is said of one product at most: the nearest. */
const MOST_OF_ONE = 5;

/** The word a product is called by: "Zantac 150 mg tablets" is Zantac. */
export function calledBy(name: string): string {
  const [word = ''] = foldText(name)
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length > 0);
  return word;
}

/** Letters that sound alike are one; vowels after the first count as one and the same. Latin script only. */
export function soundOf(word: string): string {
  const same = word
    .replace(/ph/g, 'f')
    .replace(/[ck]h?|q/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/[zs]h?/g, 's')
    .replace(/[yiee]+/g, 'i')
    .replace(/v|w/g, 'f')
    .replace(/th/g, 't')
    .replace(/d/g, 't')
    .replace(/b/g, 'p')
    .replace(/j/g, 'g');
  const [first = '', ...rest] = [...same];
  const plain = rest.map((letter) => (/[aeiou]/.test(letter) ? 'a' : letter)).join('');
  return (first + plain).replace(/(.)\1+/g, '$1').replace(/h/g, '');
}

/** Steps between two words: a letter more, less, other, or two neighbours exchanged. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** How alike two words are, 0 to 100. */
export const likeness = (a: string, b: string): number => {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 100 : Math.round(100 * (1 - distance(a, b) / longest));
};

const isFramed = (a: string, b: string): boolean => a.slice(0, 2) === b.slice(0, 2) && a.at(-1) === b.at(-1);

/**
 * The word with the part in which it differs from the other in capitals: ZANtac beside XANax. What both begin and end
 * with stays small.
 */
export function tallMan(word: string, other: string): string {
  const most = Math.min(word.length, other.length);
  let start = 0;
  while (start < most && word[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && word[word.length - 1 - end] === other[other.length - 1 - end]) end++;
  const until = word.length - end;
  // A letter more in the other leaves nothing to mark here: then the place where it would be.
  const [from, to] =
    start === until ? [Math.max(0, start - 1), Math.min(word.length, start + 1)] : [start, until];
  return word.slice(0, from) + word.slice(from, to).toUpperCase() + word.slice(to);
}

/** A word products are called by. */
interface Called {
  readonly word: string;
  readonly sound: string | undefined;
  readonly drugId: number;
}

/** What is on a shelf, by the names it is called by; answers what may be taken for a product. */
export class Shelf {
  private readonly words = new Map<string, Called>();
  private readonly callings = new Map<number, string>();
  private readonly answers = new Map<number, readonly LookAlike[]>();

  constructor(products: readonly NamedProduct[]) {
    for (const { drugId, name } of products) {
      const word = calledBy(name);
      if (word.length < MIN_LETTERS) continue;
      this.callings.set(drugId, word);
      const known = this.words.get(word);
      const sound = /^[a-z]+$/.test(word) ? soundOf(word) : undefined;
      if (known === undefined || drugId < known.drugId) this.words.set(word, { word, sound, drugId });
    }
  }

  /** Products of other names that may be taken for one on the shelf, the nearest first; none for one that is not on it. */
  near(drugId: number): readonly LookAlike[] {
    const known = this.answers.get(drugId);
    if (known) return known;
    const word = this.callings.get(drugId);
    const own = word === undefined ? undefined : this.words.get(word);
    const found = own ? [...this.words.values()].flatMap((other) => alike(drugId, own, other) ?? []) : [];
    const nearest = found
      .sort((a, b) => b.likeness - a.likeness || a.otherDrugId - b.otherDrugId)
      .slice(0, MOST_OF_ONE);
    this.answers.set(drugId, nearest);
    return nearest;
  }
}

function alike(drugId: number, own: Called, other: Called): LookAlike | undefined {
  if (other.word === own.word || Math.abs(other.word.length - own.word.length) > 3) return undefined;
  const near = likeness(own.word, other.word);
  const looks = near >= (isFramed(own.word, other.word) ? FRAMED_LIKENESS : SPELLING_LIKENESS);
  const sounds = near >= SOUND_LIKENESS && own.sound !== undefined && own.sound === other.sound;
  if (!looks && !sounds) return undefined;
  return {
    drugId,
    name: tallMan(own.word, other.word),
    otherDrugId: other.drugId,
    otherName: tallMan(other.word, own.word),
    by: looks ? 'spelling' : 'sound',
    likeness: near,
  };
}

/** Tells of products on the shelf that may be taken for a proposed one. It is told and never stops. */
export function checkLookAlikes(pairs: readonly LookAlike[], report: ScreeningReport): void {
  for (const { drugId, name, otherDrugId, otherName, by } of pairs) {
    report.add({
      kind: 'look_alike',
      severity: 'minor',
      subjects: [
        { kind: 'drug', id: drugId, name },
        { kind: 'drug', id: otherDrugId, name: otherName },
      ],
      identity: [`drug:${drugId}`, `drug:${otherDrugId}`],
      message: `${name} is easily taken for ${otherName}, which is on the shelf too: the names are alike in ${by}.`,
      management: 'Read the name on the pack again, or scan it.',
      source: 'Meditory: names of the products in stock at this branch',
      rule: null,
    });
  }
}
