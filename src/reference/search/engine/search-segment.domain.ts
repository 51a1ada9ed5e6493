/**
 * A built index opened for searching. Segments compose: a large base and a small one of later edits, where an edited or
 * removed product is hidden in the base. Hiding is the only thing that changes; everything else may be shared memory.
 */
import type { DictionaryIndex, EntityKind } from './dictionary-index.domain.js';
import { type EntityBases, entityBases } from './entity-columns.domain.js';
import { barcodeNumber, INDEX_VERSION, lowerBound } from './index-builder.domain.js';
import { Lexicon, type TokenRange } from './lexicon.domain.js';
import type { IndexData, IndexStatistics, SearchSegmentApi } from './search.types.js';
import { SpellingIndex } from './spelling-index.domain.js';

type Column = Uint16Array | Uint32Array;

export class SearchSegment implements SearchSegmentApi {
  readonly documentCount: number;
  readonly lexicon: Lexicon;
  readonly spelling: SpellingIndex;
  readonly bases: EntityBases;
  readonly wordOffsets: Int32Array;
  /** Word number in the upper 24 bits: shift with >>>, the view is signed. */
  readonly wordEntries: Int32Array;
  readonly postingOffsets: Int32Array;
  /** Document in the upper 24 bits. */
  readonly postings: Int32Array;
  readonly drugIds: Uint32Array;
  readonly flags: Uint8Array;
  readonly nameHashes: Uint32Array;
  /** What ranks a product beside the query; see RANK_… in match-code. */
  readonly ranks: Int32Array;
  readonly nameWords: Uint8Array;
  readonly arabicWords: Uint8Array;
  /** Documents with an Arabic name, in the order of it. */
  readonly arabicOrder: Uint32Array;
  readonly form: Column;
  readonly route: Column;
  readonly company: Column;
  readonly marketer: Column;
  readonly category: Column;
  readonly ingredientOffsets: Int32Array;
  readonly ingredient: Column;
  readonly tuple: Column;
  readonly tupleForm: Uint32Array;
  readonly tupleRoute: Uint32Array;
  readonly tupleRxOnly: Uint8Array;
  readonly entityOffsets: Int32Array;
  readonly entityDocuments: Int32Array;
  readonly companyKeys: Uint32Array;
  readonly categoryKeys: Uint32Array;
  readonly ingredientKeys: Uint32Array;
  readonly forms: readonly string[];
  readonly routes: readonly string[];
  /** 1 for products that are no longer found here. */
  readonly hidden: Uint8Array;
  readonly statistics: IndexStatistics;
  private readonly byDrug: Uint32Array;
  private readonly barcodes: Float64Array;
  private readonly barcodeDocuments: Uint32Array;
  private hiddenCount = 0;
  private readonly localNumbers = new WeakMap<DictionaryIndex, Uint32Array>();

  private constructor(data: IndexData) {
    const { arrays } = data;
    this.documentCount = data.documentCount;
    this.lexicon = new Lexicon(u16(arrays, 'lexiconChars'), u32(arrays, 'lexiconOffsets'));
    this.spelling = new SpellingIndex(this.lexicon, {
      nodeTokens: u32(arrays, 'nodeTokens'),
      nodeLengths: u8(arrays, 'nodeLengths'),
      deleteBuckets: u32(arrays, 'deleteBuckets'),
      deleteNodes: u32(arrays, 'deleteNodes'),
      soundBuckets: u32(arrays, 'soundBuckets'),
      soundTokens: u32(arrays, 'soundTokens'),
    });
    this.wordOffsets = i32(arrays, 'wordOffsets');
    this.wordEntries = i32(arrays, 'wordEntries');
    this.postingOffsets = i32(arrays, 'postingOffsets');
    this.postings = i32(arrays, 'postings');
    this.drugIds = u32(arrays, 'drugIds');
    this.byDrug = u32(arrays, 'byDrug');
    this.flags = u8(arrays, 'flags');
    this.nameHashes = u32(arrays, 'nameHashes');
    this.ranks = i32(arrays, 'ranks');
    this.nameWords = u8(arrays, 'nameWords');
    this.arabicWords = u8(arrays, 'arabicWords');
    this.arabicOrder = u32(arrays, 'arabicOrder');
    this.form = column(arrays, 'form');
    this.route = column(arrays, 'route');
    this.company = column(arrays, 'company');
    this.marketer = column(arrays, 'marketer');
    this.category = column(arrays, 'category');
    this.ingredientOffsets = i32(arrays, 'ingredientOffsets');
    this.ingredient = column(arrays, 'ingredient');
    this.tuple = column(arrays, 'tuple');
    this.tupleForm = u32(arrays, 'tupleForm');
    this.tupleRoute = u32(arrays, 'tupleRoute');
    this.tupleRxOnly = u8(arrays, 'tupleRxOnly');
    this.entityOffsets = i32(arrays, 'entityOffsets');
    this.entityDocuments = i32(arrays, 'entityDocuments');
    this.companyKeys = u32(arrays, 'companyKeys');
    this.categoryKeys = u32(arrays, 'categoryKeys');
    this.ingredientKeys = u32(arrays, 'ingredientKeys');
    const codes = arrays.barcodes;
    if (!(codes instanceof Float64Array)) throw new TypeError('search index: barcodes missing');
    this.barcodes = codes;
    this.barcodeDocuments = u32(arrays, 'barcodeDocuments');
    this.forms = data.lists.forms ?? [];
    this.routes = data.lists.routes ?? [];
    this.bases = entityBases({
      forms: this.forms.length,
      routes: this.routes.length,
      companies: this.companyKeys.length,
      categories: this.categoryKeys.length,
    });
    this.hidden = new Uint8Array(data.documentCount);
    this.statistics = {
      documents: data.documentCount,
      tokens: this.lexicon.size,
      postings: this.postings.length,
      bytes: Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0),
    };
  }

  /** Throws when the data is of another version of the layout. Takes no copy. */
  static open(data: IndexData): SearchSegment {
    if (data.version !== INDEX_VERSION) throw new Error(`search index of version ${data.version}`);
    return new SearchSegment(data);
  }

  /** False while nothing was hidden: `hidden` need not be looked at. */
  get hasHidden(): boolean {
    return this.hiddenCount > 0;
  }

  get liveCount(): number {
    return this.documentCount - this.hiddenCount;
  }

  /** Number of the document of a drug, hidden or not, or -1. */
  documentOf(drugId: number): number {
    let lo = 0;
    let hi = this.byDrug.length;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if ((this.drugIds[this.byDrug[middle] ?? 0] ?? 0) < drugId) lo = middle + 1;
      else hi = middle;
    }
    const document = this.byDrug[lo];
    return document !== undefined && this.drugIds[document] === drugId ? document : -1;
  }

  has(drugId: number): boolean {
    const document = this.documentOf(drugId);
    return document >= 0 && this.hidden[document] === 0;
  }

  hide(drugId: number): boolean {
    const document = this.documentOf(drugId);
    if (document < 0 || this.hidden[document] === 1) return false;
    this.hidden[document] = 1;
    this.hiddenCount++;
    return true;
  }

  documentsOfBarcode(digits: string): number[] {
    const code = barcodeNumber(digits);
    const found: number[] = [];
    if (code < 0) return found;
    for (let at = lowerBound(this.barcodes, code); this.barcodes[at] === code; at++)
      found.push(this.barcodeDocuments[at] ?? 0);
    return found;
  }

  /** For each entity of the dictionary its number in this segment's lists, 0 where no product here refers to it. */
  localNumbersOf(dictionary: DictionaryIndex): Uint32Array {
    const known = this.localNumbers.get(dictionary);
    if (known !== undefined) return known;
    const numbers = new Uint32Array(dictionary.entities.length);
    const put = (kind: EntityKind, keys: ArrayLike<number | string>, base: number): void => {
      for (let n = 0; n < keys.length; n++) {
        const entity = dictionary.numberOf(kind, keys[n] ?? 0);
        if (entity >= 0) numbers[entity] = base + n + 1;
      }
    };
    put('form', this.forms, this.bases.form);
    put('route', this.routes, this.bases.route);
    put('company', this.companyKeys, this.bases.company);
    put('category', this.categoryKeys, this.bases.category);
    put('ingredient', this.ingredientKeys, this.bases.ingredient);
    this.localNumbers.set(dictionary, numbers);
    return numbers;
  }

  /**
   * Documents whose name is these words (`exact`) or begins with them, the last one unfinished (`prefix`): ranges of
   * document numbers. `head` are all words but the last, by number; `last` is the range of the last.
   */
  nameRanges(
    head: readonly number[],
    last: TokenRange,
    lastExact: number,
  ): { readonly exact: TokenRange; readonly prefix: TokenRange } {
    const at = (document: number, k: number): number =>
      k < (this.nameWords[document] ?? 0)
        ? (this.wordEntries[(this.wordOffsets[document] ?? 0) + k] ?? 0) >>> 8
        : -1;
    const { lo, hi } = rangesIn(this.documentCount, at, head, last);
    const whole = lastExact < 0 ? { lo, hi: lo } : exactIn(lo, hi, at, head.length, lastExact);
    return { exact: whole, prefix: { lo, hi } };
  }

  /** The same for Arabic names; places in `arabicOrder`. */
  arabicRanges(
    head: readonly number[],
    last: TokenRange,
    lastExact: number,
  ): { readonly exact: TokenRange; readonly prefix: TokenRange } {
    const order = this.arabicOrder;
    const at = (place: number, k: number): number => this.arabicWord(order[place] ?? 0, k);
    const { lo, hi } = rangesIn(order.length, at, head, last);
    const whole = lastExact < 0 ? { lo, hi: lo } : exactIn(lo, hi, at, head.length, lastExact);
    return { exact: whole, prefix: { lo, hi } };
  }

  private arabicWord(document: number, k: number): number {
    if (k >= (this.arabicWords[document] ?? 0)) return -1;
    return (
      (this.wordEntries[(this.wordOffsets[document] ?? 0) + (this.nameWords[document] ?? 0) + k] ?? 0) >>> 8
    );
  }

  /** The folded name, for putting hits of several segments in one order. */
  nameOf(document: number): string {
    const start = this.wordOffsets[document] ?? 0;
    const words: string[] = [];
    for (let k = 0; k < (this.nameWords[document] ?? 0); k++)
      words.push(this.lexicon.word((this.wordEntries[start + k] ?? 0) >>> 8));
    return words.join(' ');
  }
}

type WordAt = (item: number, k: number) => number;

/** Items (sorted by their words) that begin with the words of `head` and then one of `last`. */
function rangesIn(count: number, at: WordAt, head: readonly number[], last: TokenRange): TokenRange {
  const firstNotBelow = (lastWord: number): number => {
    let lo = 0;
    let hi = count;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (isBelow(at, middle, head, lastWord)) lo = middle + 1;
      else hi = middle;
    }
    return lo;
  };
  if (last.hi <= last.lo) return { lo: 0, hi: 0 };
  return { lo: firstNotBelow(last.lo), hi: firstNotBelow(last.hi) };
}

function isBelow(at: WordAt, item: number, head: readonly number[], lastWord: number): boolean {
  for (let k = 0; k < head.length; k++) {
    const difference = at(item, k) - (head[k] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return at(item, head.length) < lastWord;
}

/** Of the items in a prefix range those that end with the word `last`: they are the first ones that have it. */
function exactIn(lo: number, hi: number, at: WordAt, length: number, last: number): TokenRange {
  let end = lo;
  while (end < hi && at(end, length) === last && at(end, length + 1) === -1) end++;
  return { lo, hi: end };
}

type Arrays = IndexData['arrays'];

function u8(arrays: Arrays, name: string): Uint8Array {
  const array = arrays[name];
  if (!(array instanceof Uint8Array)) throw new TypeError(`search index: ${name} missing`);
  return array;
}
function u16(arrays: Arrays, name: string): Uint16Array {
  const array = arrays[name];
  if (!(array instanceof Uint16Array)) throw new TypeError(`search index: ${name} missing`);
  return array;
}
function u32(arrays: Arrays, name: string): Uint32Array {
  const array = arrays[name];
  if (!(array instanceof Uint32Array)) throw new TypeError(`search index: ${name} missing`);
  return array;
}
/** The same memory, read as signed numbers: V8 handles them without a detour through doubles. */
function i32(arrays: Arrays, name: string): Int32Array {
  const { buffer, byteOffset, length } = u32(arrays, name);
  return new Int32Array(buffer, byteOffset, length);
}
function column(arrays: Arrays, name: string): Column {
  const array = arrays[name];
  if (array instanceof Uint16Array || array instanceof Uint32Array) return array;
  throw new TypeError(`search index: ${name} missing`);
}
