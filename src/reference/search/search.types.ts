import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { SEARCH_KINDS, type SearchKind } from './engine/search.types.js';
import type { RowCache } from './row-cache.js';

export type { RowCache } from './row-cache.js';

/** Why a product was found, best first. */
export const MATCH_KINDS = SEARCH_KINDS;
export type MatchKind = SearchKind;

/** What a search is narrowed to; several values of one list mean "one of". */
export interface DrugFilters {
  readonly dosageForm?: readonly string[] | undefined;
  readonly route?: readonly string[] | undefined;
  /** Names as shown; compared folded. */
  readonly category?: readonly string[] | undefined;
  /** Names as shown; compared folded. */
  readonly company?: readonly string[] | undefined;
  readonly rxOnly?: boolean | undefined;
  readonly inStock?: boolean | undefined;
}

/** What somebody looks for. */
export interface DrugQuery {
  /** As typed; '' lists everything by name. */
  readonly text: string;
  readonly filters: DrugFilters;
  readonly offset: number;
  readonly limit: number;
  /** False: only the hits are wanted, nothing is counted. */
  readonly facets: boolean;
}

/** The texts of a product that a match can be shown in. */
export interface ShownTexts {
  readonly name: string;
  readonly nameAr: string | null;
  readonly activeRaw: string | null;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly route: string | null;
  readonly company: string | null;
  readonly category: string | null;
  readonly ingredients: readonly { readonly ingredientId: number | null; readonly name: string }[];
}

export const HIGHLIGHT_FIELDS = [
  'name',
  'nameAr',
  'ingredient',
  'synonym',
  'group',
  'category',
  'atc',
  'company',
  'dosageForm',
  'route',
  'strength',
  'activeRaw',
  'barcode',
] as const;

/** Characters `start` to `end` (UTF-16, end exclusive) of `text`, the content of `field`. */
export interface Highlight {
  readonly field: (typeof HIGHLIGHT_FIELDS)[number];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A product found, and why. */
export interface FoundDrug {
  readonly drugId: number;
  /** Null when nothing was asked for. */
  readonly kind: MatchKind | null;
  /** Where the match stands in the texts of the product. */
  highlights(texts: ShownTexts): Highlight[];
}

export interface FacetCount<Value> {
  readonly value: Value;
  readonly count: number;
}

/** Counts by value over everything found, most frequent first: the first 20 of each facet and those filtered by. */
export interface DrugFacets {
  dosageForm: FacetCount<string>[];
  route: FacetCount<string>[];
  category: FacetCount<string>[];
  company: FacetCount<string>[];
  rxOnly: FacetCount<boolean>[];
  inStock: FacetCount<boolean>[];
}

export interface DrugMatches {
  readonly hits: readonly FoundDrug[];
  readonly total: number;
  /** True: there are more matches than were looked at; total and facets count the best of them only. */
  readonly isCapped: boolean;
  /** Null when not asked for. */
  readonly facets: DrugFacets | null;
  /** What was probably meant, ready to be searched for. */
  readonly didYouMean: string | null;
}

/** What the catalogue adds to a search, read in the transaction of the search. */
export interface Shelf<Row> {
  /** Every product with free stock at the branch of the request. */
  inStock(tx: Tx): Promise<readonly number[]>;
  /**
   * What is shown of these products, by identity; from the catalogue alone, so that it may be kept until one of them
   * changes. Sends all its statements at once (see UnitOfWork.readOnce).
   */
  rows(tx: Tx, drugIds: readonly number[]): Promise<ReadonlyMap<number, Row>>;
  /** Free stock of these products at the branch of the request, by identity. Sends all its statements at once. */
  onHand(tx: Tx, drugIds: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Where rows are kept; one for all searches that show the same of a product. */
  readonly kept: RowCache<Row>;
}

/** Products found with what is shown of them: all of one moment. */
export interface Found<Row> {
  readonly matches: DrugMatches;
  readonly rows: ReadonlyMap<number, Row>;
  readonly onHand: ReadonlyMap<number, string>;
}

/**
 * Finds products. Two stand behind it: the snapshot in the process, and PostgreSQL itself while there is no snapshot.
 * Answers undefined when it cannot answer now and another one must.
 */
export interface SearchEngine {
  find<Row>(ctx: RequestContext, query: DrugQuery, shelf: Shelf<Row>): Promise<Found<Row> | undefined>;
}
