/**
 * The drug search: words, names and barcodes over all segments, then, where that gives little, corrections, other
 * divisions into words, and at last fewer words. Synchronous; takes any text.
 */
import { settle } from './broad-word.domain.js';
import { correct, otherSpellings } from './corrections.domain.js';
import type { DictionaryIndex } from './dictionary-index.domain.js';
import { EMPTY_RANGE } from './lexicon.domain.js';
import { TIER_PARTIAL } from './match-code.domain.js';
import { matchAll } from './gather.domain.js';
import { heaviestWords } from './fewer-words.domain.js';
import {
  BY_WORDS,
  markArabicPrefix,
  type NameMatch,
  offerCandidates,
  offerOneWord,
  offerWhole,
} from './offer.domain.js';
import { phraseTest } from './phrase.domain.js';
import { type QueryPlan, readQuery } from './query.domain.js';
import { answer, browse, type Pass, type Search } from './result.domain.js';
import { type Lookup, rewrites } from './rewrites.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { SearchEngineApi, SearchRequest, SearchResult } from './search.types.js';
import { isArabicWord } from './sound.domain.js';
import {
  type Alternative,
  inSegment,
  literalAlternatives,
  matchWord,
  type WordMatch,
} from './word-match.domain.js';
import { Workspace } from './workspace.domain.js';

/** What one search sees; replaced on every edit. */
export interface SearchView {
  readonly dictionary: DictionaryIndex;
  readonly segments: readonly SearchSegment[];
}

export interface EngineOptions {
  /** Results remembered for each view; 0 turns remembering off. Default 1,000. */
  readonly remembered?: number;
}

/** With so many hits of one word that say which medicine was meant, nobody needs corrections. */
const ENOUGH = 10;
const FEW_WORDS = 2;
const DEFAULT_REMEMBERED = 1000;

export class SearchEngine implements SearchEngineApi<SearchView> {
  private readonly spaces: Workspace[] = [];
  private results = new WeakMap<SearchView, Map<string, SearchResult>>();
  private readonly stockNumbers = new WeakMap<object, number>();
  private stockCount = 0;

  constructor(private readonly options: EngineOptions = {}) {}

  search(view: SearchView, request: SearchRequest): SearchResult {
    const most = this.options.remembered ?? DEFAULT_REMEMBERED;
    if (most === 0) return this.find(view, request);
    let known = this.results.get(view);
    if (known === undefined) {
      known = new Map();
      this.results.set(view, known);
    }
    const key = this.keyOf(request);
    const before = known.get(key);
    if (before !== undefined) {
      // A Map keeps the order of insertion: taken out and put back, it is the youngest.
      known.delete(key);
      known.set(key, before);
      return before;
    }
    const result = this.find(view, request);
    known.set(key, result);
    if (known.size > most) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    return result;
  }

  private keyOf(request: SearchRequest): string {
    const { query, filters, offset, limit, facets, facetLimit, stock } = request;
    let stockNumber = 0;
    if (stock !== undefined) {
      stockNumber = this.stockNumbers.get(stock) ?? ++this.stockCount;
      this.stockNumbers.set(stock, stockNumber);
    }
    const rest = filters === undefined ? '' : JSON.stringify(filters);
    return `${offset ?? ''},${limit ?? ''},${facets ?? ''},${facetLimit ?? ''},${stockNumber},${rest}\n${query}`;
  }

  private find(view: SearchView, request: SearchRequest): SearchResult {
    const plan = readQuery(request.query);
    const search: Search = {
      ...view,
      plan,
      request,
      spaces: this.prepare(view),
      passes: [],
      droppedWords: [],
    };
    try {
      if (plan.isEmpty) return browse(search);
      this.literally(search);
      if (plan.isOnlyWildcards && total(search) === 0) return browse(search);
      if (isCorrectionWorthwhile(search)) this.corrected(search);
      return answer(search);
    } finally {
      for (const space of search.spaces) space.clear();
    }
  }

  private prepare({ dictionary, segments }: SearchView): Workspace[] {
    return segments.map((segment, n) => {
      const space = (this.spaces[n] ??= new Workspace());
      space.prepare(segment.documentCount, segment.lexicon.size, segment.entityOffsets.length);
      segment.localNumbersOf(dictionary);
      return space;
    });
  }

  /** All words as typed, whole names, barcodes. */
  private literally(search: Search): void {
    const { plan, segments, spaces, dictionary } = search;
    const names = segments.map((segment) => nameMatch(segment, plan));
    const matches = plan.words.map((word) => {
      const alternatives = literalAlternatives(word);
      // An Arabic word means a brand that is written in Latin letters just as much.
      if (isArabicWord(word.text)) alternatives.push(...otherSpellings(dictionary, segments, word));
      return matchWord(dictionary, word, alternatives);
    });
    run(search, matches, BY_WORDS, names);
    for (const [n, segment] of segments.entries()) {
      const space = spaces[n];
      const name = names[n];
      if (space !== undefined && name !== undefined) offerWhole(segment, space, name);
    }
  }

  private corrected(search: Search): void {
    const { plan, segments, dictionary } = search;
    // Where something was found as typed, only a whole word one error away can have been meant beside it.
    const isBeside = telling(search) > 0;
    const literal = search.passes[0]?.matches ?? [];
    // A phrase that stands nowhere: its words apart from one another, flagged.
    if (plan.phrases.length > 0) {
      run(search, literal, TIER_PARTIAL, null);
      if (total(search) > 0) return;
    }
    const lookup = lookupIn(dictionary, segments);
    const isAlone = plan.words.length === 1;
    const matches = plan.words.map((word) => {
      // Beside other words, one that stands so in the catalogue is hardly wrong in two letters.
      const limit = !isBeside && (isAlone || lookup.whole(word.text) === 0) ? 2 : 1;
      const alternatives: Alternative[] = [
        ...literalAlternatives(word),
        ...(isArabicWord(word.text) ? otherSpellings(dictionary, segments, word) : []),
        ...correct(dictionary, segments, isBeside ? { ...word, mayBeUnfinished: false } : word, limit),
      ];
      return matchWord(dictionary, word, alternatives, !isBeside);
    });
    if (isAlone || !isBeside) run(search, matches, BY_WORDS, null);
    for (const words of rewrites(plan.words, lookup))
      run(
        search,
        words.map((word) => matchWord(dictionary, word, literalAlternatives(word))),
        BY_WORDS,
        null,
      );
    if (total(search) === 0) withFewerWords(search, matches, literal);
  }
}

/**
 * Nobody who typed a whole name, a barcode, or several words that some product meets, meant something else. A word with
 * few hits may be a real word by accident, and two words may be one.
 */
function isCorrectionWorthwhile(search: Search): boolean {
  const { plan, spaces } = search;
  if (plan.words.length === 0 || spaces.some(({ hasWhole }) => hasWhole)) return false;
  return telling(search) < (plan.words.length <= FEW_WORDS ? ENOUGH : 1);
}

/** Finds the products that meet as much as can be met of what tells most, and leaves out the other words. */
function withFewerWords(search: Search, matches: readonly WordMatch[], literal: readonly WordMatch[]): void {
  const kept = heaviestWords(search, matches, literal);
  if (kept.length === 0) return;
  run(search, kept, TIER_PARTIAL, null);
  search.droppedWords.push(...matches.filter((match) => !kept.includes(match)).map(({ word }) => word.text));
}

/** Products found; at least one for those that are not scored yet. */
const total = ({ spaces }: Search): number =>
  spaces.reduce((sum, { foundCount, broad }) => sum + foundCount + (broad === null ? 0 : 1), 0);
const telling = ({ spaces }: Search): number =>
  spaces.reduce((sum, { tellingCount }) => sum + tellingCount, 0);

/** Looks for products that meet all the words and notes them with their scores. */
function run(
  search: Search,
  matches: readonly WordMatch[],
  tier: number,
  names: readonly NameMatch[] | null,
): void {
  const { dictionary, segments, spaces, plan } = search;
  const pass: Pass = { matches, local: [] };
  search.passes.push(pass);
  for (const [n, segment] of segments.entries()) {
    const space = spaces[n];
    if (space === undefined) continue;
    settle(segment, space);
    const local = matches.map((match) => inSegment(match, segment, dictionary));
    pass.local.push(local);
    const name = names?.[n] ?? null;
    const [only] = local;
    if (name !== null) markArabicPrefix(segment, space, name, 1);
    if (local.length === 1 && only !== undefined && plan.phrases.length === 0) {
      offerOneWord(segment, only, space, tier, name, ENOUGH);
    } else {
      let count = matchAll(segment, local, space);
      if (name !== null)
        for (const phrase of plan.phrases)
          count = keep(space, count, phraseTest(segment, dictionary, phrase));
      offerCandidates(segment, space, count, tier, name);
    }
    if (name !== null) markArabicPrefix(segment, space, name, 0);
  }
}

function keep({ candidates, sums }: Workspace, count: number, isKept: (document: number) => boolean): number {
  let kept = 0;
  for (let n = 0; n < count; n++) {
    const document = candidates[n] ?? 0;
    if (!isKept(document)) continue;
    candidates[kept] = document;
    sums[kept++] = sums[n] ?? 0;
  }
  return kept;
}

/** Where the whole query stands among the names of a segment. */
function nameMatch(segment: SearchSegment, plan: QueryPlan): NameMatch {
  const none = { exact: EMPTY_RANGE, prefix: EMPTY_RANGE };
  const { nameWords, nameHash, barcode } = plan;
  const last = nameWords.at(-1);
  const isQuoted = plan.phrases.length > 0;
  const head = nameWords.slice(0, -1).map((word) => segment.lexicon.find(word));
  let names: ReturnType<SearchSegment['nameRanges']> = none;
  let arabic: ReturnType<SearchSegment['arabicRanges']> = none;
  if (last === undefined) names = { ...none, exact: namelessWith(segment, nameHash) };
  else if (!head.includes(-1)) {
    const range = segment.lexicon.prefixRange(last);
    const whole = segment.lexicon.find(last);
    names = segment.nameRanges(head, range, whole);
    arabic = segment.arabicRanges(head, range, whole);
  }
  return {
    exact: names.exact,
    prefix: isQuoted ? EMPTY_RANGE : names.prefix,
    arabicExact: arabic.exact,
    arabicPrefix: isQuoted ? EMPTY_RANGE : arabic.prefix,
    nameHash,
    barcode,
  };
}

/** Names without letters and digits come first in the order of names; the one that was typed is told by its hash. */
function namelessWith(segment: SearchSegment, nameHash: number): { lo: number; hi: number } {
  for (let document = 0; document < segment.documentCount && segment.nameWords[document] === 0; document++)
    if (segment.nameHashes[document] === nameHash) {
      let hi = document + 1;
      while (segment.nameWords[hi] === 0 && segment.nameHashes[hi] === nameHash) hi++;
      return { lo: document, hi };
    }
  return EMPTY_RANGE;
}

function lookupIn(dictionary: DictionaryIndex, segments: readonly SearchSegment[]): Lookup {
  const count = (text: string, isPrefix: boolean): number => {
    let products = 0;
    for (const { lexicon, postingOffsets } of segments) {
      const token = isPrefix ? -1 : lexicon.find(text);
      const { lo, hi } = isPrefix ? lexicon.prefixRange(text) : { lo: token, hi: token + 1 };
      if (hi > lo && lo >= 0) products += (postingOffsets[hi] ?? 0) - (postingOffsets[lo] ?? 0);
    }
    const { lexicon } = dictionary;
    const isNamed = isPrefix ? lexicon.prefixRange(text).hi > 0 : lexicon.find(text) >= 0;
    return products + (isNamed ? 1 : 0);
  };
  return { whole: (text) => count(text, false), prefix: (text) => count(text, true) };
}
