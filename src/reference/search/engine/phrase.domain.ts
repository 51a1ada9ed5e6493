/** Quoted phrases: the words side by side in the name, the Arabic name, or a name of something the product refers to. */
import type { DictionaryIndex } from './dictionary-index.domain.js';
import { PLACE_INGREDIENT, PLACE_TEXT } from './match-code.domain.js';
import type { QueryPhrase } from './query.domain.js';
import type { SearchSegment } from './search-segment.domain.js';

/** True for documents that hold the phrase. */
export function phraseTest(
  segment: SearchSegment,
  dictionary: DictionaryIndex,
  phrase: QueryPhrase,
): (document: number) => boolean {
  const tokens = phrase.words.map((word) => segment.lexicon.find(word));
  const last = phrase.isOpen
    ? segment.lexicon.prefixRange(phrase.words.at(-1) ?? '')
    : { lo: tokens.at(-1) ?? -1, hi: (tokens.at(-1) ?? -1) + 1 };
  const isPossible = tokens.slice(0, -1).every((token) => token >= 0) && last.hi > last.lo && last.lo >= 0;
  const isWord = (entry: number, k: number): boolean => {
    const token = entry >>> 8;
    return k === tokens.length - 1 ? token >= last.lo && token < last.hi : token === tokens[k];
  };
  const stands = (from: number, to: number): boolean => {
    for (let at = from; at + tokens.length <= to; at++) {
      let k = 0;
      while (k < tokens.length && isWord(segment.wordEntries[at + k] ?? 0, k)) k++;
      if (k === tokens.length) return true;
    }
    return false;
  };
  // Other texts keep each word once and no order: all words in the composition must do.
  const isInText = (from: number, to: number): boolean =>
    tokens.every((_, k) => {
      for (let at = from; at < to; at++) {
        const entry = segment.wordEntries[at] ?? 0;
        const place = entry & 0xff;
        if ((place === PLACE_TEXT || place === PLACE_INGREDIENT) && isWord(entry, k)) return true;
      }
      return false;
    });
  const named = entitiesNamed(segment, dictionary, phrase);
  return (document) => {
    const start = segment.wordOffsets[document] ?? 0;
    const arabic = start + (segment.nameWords[document] ?? 0);
    const rest = arabic + (segment.arabicWords[document] ?? 0);
    if (isPossible && (stands(start, arabic) || stands(arabic, rest))) return true;
    if (named.size > 0 && refersToOne(segment, document, named)) return true;
    return isPossible && isInText(rest, segment.wordOffsets[document + 1] ?? 0);
  };
}

function entitiesNamed(
  segment: SearchSegment,
  dictionary: DictionaryIndex,
  phrase: QueryPhrase,
): Set<number> {
  const text = ` ${phrase.words.join(' ')}${phrase.isOpen ? '' : ' '}`;
  const numbers = segment.localNumbersOf(dictionary);
  const named = new Set<number>();
  const put = (entity: number): void => {
    const local = numbers[entity] ?? 0;
    if (local !== 0) named.add(local);
  };
  const { lexicon, offsets, postings, entities } = dictionary;
  const first = lexicon.find(phrase.words[0] ?? '');
  for (let p = offsets[first] ?? 0; first >= 0 && p < (offsets[first + 1] ?? 0); p++) {
    const entity = (postings[p] ?? 0) >>> 8;
    if (entities[entity]?.names.some(({ padded }) => padded.includes(text)) !== true) continue;
    put(entity);
    const end = dictionary.impliedOffsets[entity + 1] ?? 0;
    for (let at = dictionary.impliedOffsets[entity] ?? 0; at < end; at++) put(dictionary.implied[at] ?? 0);
  }
  return named;
}

function refersToOne(segment: SearchSegment, document: number, named: ReadonlySet<number>): boolean {
  const { bases } = segment;
  const end = segment.ingredientOffsets[document + 1] ?? 0;
  for (let at = segment.ingredientOffsets[document] ?? 0; at < end; at++)
    if (named.has(bases.ingredient + (segment.ingredient[at] ?? 0))) return true;
  return (
    isNamed(named, bases.category, segment.category[document]) ||
    isNamed(named, bases.company, segment.company[document]) ||
    isNamed(named, bases.company, segment.marketer[document]) ||
    isNamed(named, bases.form, segment.form[document]) ||
    isNamed(named, bases.route, segment.route[document])
  );
}

const isNamed = (named: ReadonlySet<number>, base: number, number: number | undefined): boolean =>
  number !== undefined && number !== 0 && named.has(base + number);
