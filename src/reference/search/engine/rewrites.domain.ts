/** Other divisions of the typed text into words: "aug mentin" → "augmentin", "panadolextra" → "panadol extra". */
import { TYPO_COST } from './match-code.domain.js';
import type { QueryWord } from './query.domain.js';

const SHORTEST_PART = 2;
const SHORTEST_JOINED = 4;
const SHORTEST_SPLIT = 5;
const MOST_SPLITS = 3;
/** A little more than one typing error. */
const DIVIDED_ANEW = TYPO_COST + 8;
const LETTERS = /^\p{L}+$/u;
const LETTERS_THEN_NUMBER = /^(\p{L}{2,}?)(\d[\d.]*)(\p{L}{0,4})$/u;

/** How many products a text leads to, as a whole word or as the beginning of one. */
export interface Lookup {
  whole(text: string): number;
  prefix(text: string): number;
}

/** A query with its words divided anew. `changed` are the words that were not typed so. */
export type Rewrite = readonly QueryWord[];

/** Divisions worth trying, the most promising first. */
export function rewrites(words: readonly QueryWord[], lookup: Lookup): Rewrite[] {
  return [...joins(words, lookup), ...words.flatMap((_, at) => splits(words, at, lookup))];
}

function joins(words: readonly QueryWord[], lookup: Lookup): Rewrite[] {
  const found: Rewrite[] = [];
  for (let at = 0; at + 1 < words.length; at++) {
    const a = words[at];
    const b = words[at + 1];
    if (a?.sort !== 'word' || b?.sort !== 'word') continue;
    const text = a.text + b.text;
    if (text.length < SHORTEST_JOINED || /^\d/.test(a.text)) continue;
    // Two known words that are known joined as well ("vita min") only count where the joined word is a whole one.
    const isBetter = lookup.whole(text) > 0 || (b.mayBeUnfinished && lookup.prefix(text) > 0);
    if (isBetter)
      found.push(
        replace(words, at, 2, [
          { text, sort: 'word', mayBeUnfinished: b.mayBeUnfinished, penalty: DIVIDED_ANEW },
        ]),
      );
  }
  return found;
}

function splits(words: readonly QueryWord[], at: number, lookup: Lookup): Rewrite[] {
  const word = words[at];
  if (word?.sort !== 'word' || word.text.length < SHORTEST_SPLIT || lookup.whole(word.text) > 0) return [];
  const { text } = word;
  const numbered = LETTERS_THEN_NUMBER.exec(text);
  if (numbered !== null) {
    const parts = numbered.slice(1).filter((part) => part !== '');
    return [
      replace(
        words,
        at,
        1,
        parts.map((part): QueryWord => ({ text: part, sort: 'word', mayBeUnfinished: /\p{L}/u.test(part) })),
      ),
    ];
  }
  if (!LETTERS.test(text)) return [];
  const found: Array<{ readonly parts: readonly QueryWord[]; readonly products: number }> = [];
  for (let cut = SHORTEST_PART; cut <= text.length - SHORTEST_PART; cut++) {
    const left = text.slice(0, cut);
    const right = text.slice(cut);
    const onLeft = lookup.whole(left);
    if (onLeft === 0) continue;
    const onRight = Math.max(lookup.whole(right), right.length >= 3 ? lookup.prefix(right) : 0);
    if (onRight === 0) continue;
    found.push({
      products: Math.min(onLeft, onRight),
      parts: [
        { text: left, sort: 'word', mayBeUnfinished: false, penalty: DIVIDED_ANEW },
        { text: right, sort: 'word', mayBeUnfinished: true },
      ],
    });
  }
  found.sort((a, b) => shortest(b.parts) - shortest(a.parts) || b.products - a.products);
  return found.slice(0, MOST_SPLITS).map(({ parts }) => replace(words, at, 1, parts));
}

/** "panadol extra" is likelier than "pa nadolextra". */
const shortest = (parts: readonly QueryWord[]): number => Math.min(...parts.map(({ text }) => text.length));

function replace(words: readonly QueryWord[], at: number, count: number, by: readonly QueryWord[]): Rewrite {
  return [...words.slice(0, at), ...by, ...words.slice(at + count)];
}
