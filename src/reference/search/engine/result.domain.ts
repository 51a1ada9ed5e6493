/** From the products found to the answer: filters, facet counts, the best hits in order, why each was found. */
import type { DictionaryIndex } from './dictionary-index.domain.js';
import { rankBroad } from './broad-word.domain.js';
import { explain } from './explain.domain.js';
import { FacetSums, SegmentCounts } from './facets.domain.js';
import { type DocumentFilter, filterFor, stockMap } from './filter.domain.js';
import { isCorrection, kindOfScore, TYPO_FROM } from './match-code.domain.js';
import type { QueryPlan } from './query.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { SearchHit, SearchRequest, SearchResult, SearchTerm } from './search.types.js';
import { TopHits } from './top-hits.domain.js';
import { SegmentLeaders, TypoLeaders } from './typo-leaders.domain.js';
import type { SegmentWord, WordMatch } from './word-match.domain.js';
import type { Workspace } from './workspace.domain.js';

/** One way the words were taken, with their numbers in each segment. */
export interface Pass {
  readonly matches: readonly WordMatch[];
  readonly local: Array<readonly SegmentWord[]>;
}

/** A search under way. */
export interface Search {
  readonly dictionary: DictionaryIndex;
  readonly segments: readonly SearchSegment[];
  readonly plan: QueryPlan;
  readonly request: SearchRequest;
  readonly spaces: readonly Workspace[];
  readonly passes: Pass[];
  readonly droppedWords: string[];
}

interface Ranked {
  readonly score: number;
  readonly document: number;
  readonly segment: number;
}

const DEFAULT_LIMIT = 20;
const MOST_HITS = 1000;
const DEFAULT_FACET_VALUES = 20;

interface Counted {
  readonly ranked: readonly Ranked[];
  readonly total: number;
  readonly sums: FacetSums | null;
}

/** Filters, counts and ranks what the workspaces hold. */
function count(search: Search): Counted {
  const { request, segments, spaces } = search;
  const offset = Math.max(0, request.offset ?? 0);
  const limit = Math.max(0, Math.min(MOST_HITS, request.limit ?? DEFAULT_LIMIT));
  const sums = request.facets === false ? null : new FacetSums();
  const ranked: Ranked[] = [];
  const leaders = new TypoLeaders((a, b) => a.score - b.score || compareNames(segments, a, b));
  let total = 0;
  for (const [n, segment] of segments.entries()) {
    const space = spaces[n];
    if (space === undefined || (space.foundCount === 0 && space.broad === null)) continue;
    const stock = stockMap(segment, request.stock);
    const filter = request.filters === undefined ? null : filterFor(segment, request.filters, stock);
    const kept = filter === null ? space.foundCount : narrow(space, filter);
    const most = space.broad === null ? kept : segment.documentCount;
    const top = new TopHits(limit === 0 ? 0 : Math.min(offset + limit, most));
    const leadersHere = new SegmentLeaders();
    const counts = sums === null ? null : new SegmentCounts(segment, stock);
    rank(space, kept, top, leadersHere);
    counts?.count(space.found, kept);
    total += kept + rankBroad(segment, space, filter, counts, top, leadersHere);
    if (sums !== null) counts?.addTo(sums);
    leaders.addFrom(leadersHere, n);
    for (const hit of top.sorted()) ranked.push({ ...hit, segment: n });
  }
  if (segments.length > 1) ranked.sort((a, b) => a.score - b.score || compareNames(segments, a, b));
  return { ranked: leaders.mixInto(ranked).slice(offset, offset + limit), total, sums };
}

/** Offers the first `count` of what was found to the list of the best; corrections also to their leaders. */
function rank({ found, best }: Workspace, count: number, top: TopHits, leaders: SegmentLeaders): void {
  for (let at = 0; at < count; at++) {
    const document = found[at] ?? 0;
    const score = (best[document] ?? 0) - 1;
    if (score <= top.worst) top.offer(score, document);
    if (score >= TYPO_FROM) leaders.offer(score, document);
  }
}

/** Moves the documents that pass to the front of `found`; answers how many. */
function narrow({ found, foundCount }: Workspace, filter: NonNullable<DocumentFilter>): number {
  let kept = 0;
  for (let at = 0; at < foundCount; at++) {
    const document = found[at] ?? 0;
    if (filter(document)) {
      // Swapped, not overwritten: the workspace is cleared by this list.
      found[at] = found[kept] ?? 0;
      found[kept++] = document;
    }
  }
  return kept;
}

function compareNames(segments: readonly SearchSegment[], a: Ranked, b: Ranked): number {
  const one = segments[a.segment];
  const other = segments[b.segment];
  if (one === undefined || other === undefined) return 0;
  if (one === other) return a.document - b.document;
  const nameA = one.nameOf(a.document);
  const nameB = other.nameOf(b.document);
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  return (one.drugIds[a.document] ?? 0) - (other.drugIds[b.document] ?? 0);
}

/** Everything, by name, active products first. */
export function browse(search: Search): SearchResult {
  for (const [n, { documentCount, hidden, flags }] of search.segments.entries()) {
    const space = search.spaces[n];
    if (space === undefined) continue;
    const { found, best } = space;
    let count = 0;
    for (let document = 0; document < documentCount; document++) {
      if (hidden[document] === 1) continue;
      found[count++] = document;
      // Document numbers are the order of names: only withdrawn products go behind the others.
      best[document] = 1 + ((flags[document] ?? 0) & 1);
    }
    space.foundCount = count;
  }
  const { ranked, total, sums } = count(search);
  return {
    hits: ranked.map(({ segment, document }) => ({
      drugId: search.segments[segment]?.drugIds[document] ?? 0,
      kind: null,
      terms: [],
    })),
    total,
    facets: sums?.toFacets(search.request.facetLimit ?? DEFAULT_FACET_VALUES) ?? null,
    didYouMean: null,
    isCorrected: false,
    droppedWords: [],
  };
}

/** The answer to a search whose workspaces hold what was found. */
export function answer(search: Search): SearchResult {
  const { ranked, total, sums } = count(search);
  const hits = ranked.map((hit) => toHit(search, hit));
  const guess = ranked.findIndex(({ score }) => isCorrection(score) || kindOfScore(score) === 'partial');
  return {
    hits,
    total,
    facets: sums?.toFacets(search.request.facetLimit ?? DEFAULT_FACET_VALUES) ?? null,
    didYouMean: guess < 0 ? null : suggestionOf(search, hits[guess]?.terms ?? []),
    isCorrected: guess >= 0,
    droppedWords: search.droppedWords,
  };
}

function toHit(search: Search, { score, document, segment: n }: Ranked): SearchHit {
  const segment = search.segments[n];
  const drugId = segment?.drugIds[document] ?? 0;
  const kind = kindOfScore(score);
  if (segment === undefined) return { drugId, kind, terms: [] };
  const { barcode, nameWords } = search.plan;
  if (kind === 'barcode' && barcode !== null)
    return {
      drugId,
      kind,
      terms: [{ word: barcode, field: 'barcode', token: barcode, length: barcode.length, entityId: null }],
    };
  for (const { matches, local } of search.passes) {
    const terms = explain(segment, search.dictionary, document, { matches, local: local[n] ?? [] });
    if (terms !== null && terms.length > 0) return { drugId, kind, terms };
  }
  // A name found as a whole, of which the words alone ("A*B" taken for a pattern) found nothing.
  return {
    drugId,
    kind,
    terms: nameWords.map((word) => ({
      word,
      field: 'name',
      token: word,
      length: word.length,
      entityId: null,
    })),
  };
}

/** The words as they were met; null when that is what was typed. */
function suggestionOf({ plan }: Search, terms: readonly SearchTerm[]): string | null {
  const words = terms.map(({ word, token }) => (token.startsWith(word) || /\s/.test(word) ? word : token));
  const suggestion = [...new Set(words)].join(' ');
  return suggestion === '' || suggestion === plan.nameWords.join(' ') ? null : suggestion;
}
