import type { Dictionary } from './dictionary.domain.js';
import type { SearchTerm } from './engine/search.types.js';
import { wordsOf } from './engine/tokens.domain.js';
import type { Highlight, ShownTexts } from './search.types.js';

/** A word of a text as it stands there, and folded. */
interface Segment {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const SEGMENT = /\p{N}[\p{N}.,/+٫]*(?: ?[%٪])?|[\p{L}\p{M}][\p{L}\p{N}\p{M}]*/gu;

function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  for (const { 0: word, index } of text.matchAll(SEGMENT))
    segments.push({ word: wordsOf(word).join(''), start: index, end: index + word.length });
  return segments;
}

/** Where the words of a query stand in the texts of a hit, for showing; nothing twice, in the order of the query. */
export function highlightsOf(
  texts: ShownTexts,
  terms: readonly SearchTerm[],
  dictionary: Dictionary,
): Highlight[] {
  const highlights = new Map<string, Highlight>();
  const cut = cutterOf(texts);
  for (const term of terms) {
    const shown = placesOf(term, texts, dictionary);
    if (!shown) continue;
    const [field, candidates, isWhole] = shown;
    for (const text of candidates) {
      const spans = spansOf(term, text, cut(text));
      for (const span of spans) highlights.set(`${field} ${span.start} ${text}`, { field, text, ...span });
      if (spans.length > 0) break;
      // Found by another name of it (كبسول for capsule): the name that is shown stands for it.
      if (isWhole && text !== '')
        highlights.set(`${field} ${text}`, { field, text, start: 0, end: text.length });
    }
  }
  return [...highlights.values()];
}

/** Texts of products cut into words, as long as the texts are kept: the same products are found again and again. */
const cutTexts = new WeakMap<ShownTexts, Map<string, Segment[]>>();

function cutterOf(texts: ShownTexts): (text: string) => Segment[] {
  const known = cutTexts.get(texts) ?? new Map<string, Segment[]>();
  cutTexts.set(texts, known);
  return (text) => {
    const segments = known.get(text) ?? segmentsOf(text);
    known.set(text, segments);
    return segments;
  };
}

/** The field a word is shown in, with the texts it may stand in, and whether a text stands for it as a whole. */
function placesOf(
  { field, token, entityId }: SearchTerm,
  texts: ShownTexts,
  dictionary: Dictionary,
): [Highlight['field'], readonly string[], boolean] | null {
  const given = (...values: (string | null | undefined)[]): string[] =>
    values.filter((value) => value !== null && value !== undefined && value !== '') as string[];
  switch (field) {
    case 'name':
      return ['name', [texts.name], false];
    case 'nameAr':
      return ['nameAr', given(texts.nameAr), false];
    case 'active':
      return ['activeRaw', given(texts.activeRaw, ...texts.ingredients.map(({ name }) => name)), false];
    case 'strength':
      return ['strength', given(texts.strength), false];
    case 'form':
      return ['dosageForm', given(texts.dosageForm), true];
    case 'route':
      return ['route', given(texts.route), true];
    case 'company':
      return ['company', given(texts.company, dictionary.companies.get(entityId ?? 0)?.name), false];
    case 'category': {
      const category = dictionary.categories.get(entityId ?? 0);
      return ['category', given(category?.name, category?.nameAr), false];
    }
    case 'ingredient': {
      const ingredient = dictionary.ingredients.get(entityId ?? 0);
      const own = texts.ingredients.find(({ ingredientId }) => ingredientId === entityId);
      return ['ingredient', given(own?.name, ingredient?.name, ingredient?.nameAr), false];
    }
    case 'synonym':
      return ['synonym', dictionary.ingredients.get(entityId ?? 0)?.synonyms ?? [], false];
    case 'group': {
      const group = dictionary.groups.get(entityId ?? 0);
      return ['group', given(group?.name, group?.nameAr, ...(group?.otherNames ?? [])), false];
    }
    case 'atc':
      return ['atc', [token.toUpperCase()], false];
    case 'barcode':
      return ['barcode', [token], false];
  }
}

function spansOf({ token, word, length }: SearchTerm, text: string, segments: readonly Segment[]): Span[] {
  const found = segments.filter((segment) => segment.word === token);
  const shown = found.length > 0 ? found : segments.filter((segment) => segment.word === word);
  if (shown.length > 0)
    return shown.map(({ start, end }) => ({
      start,
      end: start + prefixLength(text.slice(start, end), length),
    }));
  // Punctuation that is a name ("%", "***") stands there as typed.
  if (wordsOf(token).length > 0) return [];
  const start = text.toLowerCase().indexOf(token);
  return start < 0 ? [] : [{ start, end: start + token.length }];
}

/** How many characters of a word as written make so many folded ones. */
function prefixLength(written: string, folded: number): number {
  if (/^[\x00-\x7f]*$/.test(written)) return Math.min(written.length, folded);
  let end = 0;
  for (const character of written) {
    end += character.length;
    if (wordsOf(written.slice(0, end)).join('').length >= folded) break;
  }
  return end;
}
