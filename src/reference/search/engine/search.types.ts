/**
 * The vocabulary of the in-process drug search: what goes in (documents, dictionary), what is built from it (plain
 * typed arrays that can cross threads), what is asked and what comes out. No I/O; truth stays in PostgreSQL.
 *
 *     const builder = new IndexBuilder();                      // index-builder.domain.ts, in a worker
 *     for (const document of documents) builder.add(document);
 *     const data: IndexData = builder.build();                 // postMessage(data, transferablesOf(data))
 *
 *     const base = SearchSegment.open(data);                   // search-segment.domain.ts, in the server
 *     const dictionary = DictionaryIndex.build(dictionaryRows); // dictionary-index.domain.ts
 *     base.hide(17);                                           // drug 17 was edited: its new state is in the delta
 *     const view = { dictionary, segments: [base, delta] };
 *     const engine = new SearchEngine();                       // search-engine.domain.ts, one for the process
 *     engine.search(view, { query: 'amox 500 cap', limit: 20 });
 *
 * Segments hold products only; names of ingredients, groups, companies, categories, forms and routes live in the
 * dictionary, so that a new synonym is found after rebuilding the small dictionary alone.
 */

/** One product, as search needs it. */
export interface SearchDocument {
  readonly drugId: number;
  readonly name: string;
  readonly nameAr: string | null;
  /** Composition as the source wrote it. */
  readonly activeRaw: string | null;
  /** Linked ingredients. */
  readonly ingredientIds: readonly number[];
  /** Texts of the parts of the composition that are not linked to an ingredient. */
  readonly ingredientTexts: readonly string[];
  readonly strength: string | null;
  /** Name of the dosage form, the key of reference.dosage_forms. */
  readonly dosageForm: string | null;
  /** Name of the route, the key of reference.routes. */
  readonly route: string | null;
  readonly companyId: number | null;
  /** Company that markets it; found by its name, not counted in facets. */
  readonly marketerCompanyId: number | null;
  readonly categoryId: number | null;
  readonly atcCode: string | null;
  readonly rxOnly: boolean;
  /** False: discontinued or recalled; ranks below active products of the same kind of match. */
  readonly isActive: boolean;
  /** Digits of every barcode: as printed, GTIN-14, NDC 10 and 11. Other characters and leading zeros do not matter. */
  readonly barcodes: readonly string[];
}

export interface DictionaryIngredient {
  readonly ingredientId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly synonyms: readonly string[];
  readonly atcCode: string | null;
  /** Groups it belongs to directly; the ancestors follow from the groups' parents. */
  readonly groupIds: readonly number[];
}

export interface DictionaryGroup {
  readonly groupId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly parentGroupId: number | null;
  /** Stable code, abbreviations ("nsaid"); may be empty. */
  readonly otherNames?: readonly string[];
}

export interface DictionaryCompany {
  readonly companyId: number;
  readonly name: string;
}

export interface DictionaryCategory {
  readonly categoryId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly atcCode: string | null;
  readonly parentCategoryId: number | null;
}

export interface DictionaryForm {
  readonly name: string;
  readonly nameAr: string | null;
  /** Form family ("solid-oral"); everyday words of the family are known to the engine. */
  readonly family: string | null;
}

export interface DictionaryRoute {
  readonly name: string;
  readonly nameAr: string | null;
}

/** Everything a product can refer to, with its names. */
export interface SearchDictionary {
  readonly ingredients: readonly DictionaryIngredient[];
  readonly groups: readonly DictionaryGroup[];
  readonly companies: readonly DictionaryCompany[];
  readonly categories: readonly DictionaryCategory[];
  readonly forms: readonly DictionaryForm[];
  readonly routes: readonly DictionaryRoute[];
}

/** Why a product was found, best first. */
export const SEARCH_KINDS = [
  /** The whole folded name (or Arabic name) is what was typed. */
  'exact',
  'barcode',
  /** The name begins with what was typed. */
  'prefix',
  /** Every telling word stands in the name. */
  'brand',
  'ingredient',
  'synonym',
  /** Group, category (indication) or ATC code. */
  'group',
  /** Maker, form, route or strength only ("gsk", "cream"); where only a beginning was typed, ranked after `typo`. */
  'attribute',
  /** The same word written in the other script (بنادول for Panadol). */
  'spelling',
  /** Corrected: one or two typing errors, words wrongly joined or split. */
  'typo',
  /** Somewhere in the composition as written. */
  'text',
  /** Not every word was found; see `SearchResult.droppedWords`. */
  'partial',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export type SearchField =
  | 'name'
  | 'nameAr'
  | 'ingredient'
  | 'synonym'
  | 'group'
  | 'category'
  | 'atc'
  | 'company'
  | 'form'
  | 'route'
  | 'strength'
  | 'active'
  | 'barcode';

/** Where one word of the query stands in a hit. */
export interface SearchTerm {
  /** The word as typed, folded. */
  readonly word: string;
  readonly field: SearchField;
  /** The folded word of the field that it met; for an unfinished word longer than what was typed. */
  readonly token: string;
  /** How many characters of `token` were typed (all of them where it was corrected). */
  readonly length: number;
  /** Ingredient, group, company or category the word names; null for the product's own text. */
  readonly entityId: number | null;
}

export interface SearchHit {
  readonly drugId: number;
  /** Null when nothing was asked for (empty query). */
  readonly kind: SearchKind | null;
  readonly terms: readonly SearchTerm[];
}

export interface FacetValue<T> {
  readonly value: T;
  readonly count: number;
}

/** Exact counts over everything that matches query and filters, most frequent first, at most `facetLimit` values. */
export interface SearchFacets {
  readonly form: ReadonlyArray<FacetValue<string>>;
  readonly route: ReadonlyArray<FacetValue<string>>;
  /** Category ids. */
  readonly category: ReadonlyArray<FacetValue<number>>;
  /** Company ids. */
  readonly company: ReadonlyArray<FacetValue<number>>;
  readonly rxOnly: ReadonlyArray<FacetValue<boolean>>;
  /** Empty when no stock was given. */
  readonly inStock: ReadonlyArray<FacetValue<boolean>>;
}

/** All given ones must hold; a list means "one of". An empty list matches nothing. */
export interface SearchFilters {
  readonly form?: string | readonly string[];
  readonly route?: string | readonly string[];
  readonly categoryId?: number | readonly number[];
  readonly companyId?: number | readonly number[];
  readonly ingredientId?: number;
  readonly rxOnly?: boolean;
  readonly isActive?: boolean;
  /** Needs `SearchRequest.stock`; ignored without it. */
  readonly inStock?: boolean;
}

/** The products in stock at one branch: `new BranchStock(drugIds)` (branch-stock.domain.ts), made once per refresh. */
export interface StockView {
  has(drugId: number): boolean;
}

export interface SearchRequest {
  /** As typed; '' lists everything by name. Anything longer than 1,000 characters is cut. */
  readonly query: string;
  readonly filters?: SearchFilters;
  /** First hit wanted, from 0. */
  readonly offset?: number;
  /** Default 20, at most 1,000. */
  readonly limit?: number;
  /** Default true. */
  readonly facets?: boolean;
  /** Values per facet; default 20. */
  readonly facetLimit?: number;
  readonly stock?: StockView;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Exact number of matches. */
  readonly total: number;
  /** Null when not asked for. */
  readonly facets: SearchFacets | null;
  /** What was probably meant, when words were corrected; ready to be searched for. */
  readonly didYouMean: string | null;
  /** True: the hits include corrected ones. */
  readonly isCorrected: boolean;
  /** Words that had to be left out to find anything. */
  readonly droppedWords: readonly string[];
}

/**
 * A built index: typed arrays and a few small lists, structured-cloneable. `buffers` of it can be transferred or, built
 * with `new IndexBuilder({ shared: true })`, shared between threads. The layout is the engine's own business.
 */
export interface IndexData {
  readonly version: number;
  readonly documentCount: number;
  readonly arrays: Readonly<Record<string, Uint8Array | Uint16Array | Uint32Array | Float64Array>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** Bytes and counts, for the health page and the benches. */
export interface IndexStatistics {
  readonly documents: number;
  readonly tokens: number;
  readonly postings: number;
  readonly bytes: number;
}

/* Class signatures others build on. `src/reference/search/engine/<file>.domain.ts` implements them. */

/** index-builder.domain.ts: `new IndexBuilder(options?)`. */
export interface IndexBuilderApi {
  /** A document added twice counts once: the later one wins. */
  add(document: SearchDocument): void;
  readonly size: number;
  /** Ends the builder: it must not be used afterwards. */
  build(): IndexData;
}

/** search-segment.domain.ts: `SearchSegment.open(data)`. */
export interface SearchSegmentApi {
  readonly documentCount: number;
  /** Documents not hidden. */
  readonly liveCount: number;
  readonly statistics: IndexStatistics;
  has(drugId: number): boolean;
  /** Tombstone: the product is no longer found here. False when the segment does not hold it (or it is hidden). */
  hide(drugId: number): boolean;
}

/** dictionary-index.domain.ts: `DictionaryIndex.build(dictionary)`; immutable, built in tens of milliseconds. */
export interface DictionaryIndexApi {
  readonly statistics: IndexStatistics;
}

/**
 * search-engine.domain.ts exports `SearchView { dictionary: DictionaryIndex; segments: readonly SearchSegment[] }` and
 * `new SearchEngine(options?)`, one for the process; `search(view, request)` is synchronous and never throws on any
 * text. Replace the view object (do not change its content) on every edit: results are cached per view.
 */
export interface SearchEngineApi<View> {
  search(view: View, request: SearchRequest): SearchResult;
}
