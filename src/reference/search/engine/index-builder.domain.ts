/**
 * Gathers products and lays them out as typed arrays. Meant for a worker thread: half a million products take seconds.
 * Products are numbered in the order of their names, so that "sorted by name" and "begins with" are ranges of numbers.
 */
import { EntityColumns } from './entity-columns.domain.js';
import { withoutArticle } from './everyday-words.domain.js';
import { GrowingArray } from './growing-array.domain.js';
import { Lexicon, WordTable } from './lexicon.domain.js';
import {
  ARABIC,
  CODE_OF_PLACE,
  DERIVED,
  LAST_PLACE,
  PLACE_ATC,
  PLACE_INGREDIENT,
  PLACE_LITERAL,
  PLACE_STRENGTH,
  PLACE_TEXT,
  rankOf,
} from './match-code.domain.js';
import { derivedNumberWords } from './measures.domain.js';
import { orderBySequence } from './name-order.domain.js';
import type { IndexBuilderApi, IndexData, SearchDocument } from './search.types.js';
import { buildSpelling } from './spelling-index.domain.js';
import { hashOfName } from './text-hash.domain.js';
import { literalWordsOf, wordsOf } from './tokens.domain.js';

export const INDEX_VERSION = 1;
/** A name longer than 500 characters does not exist; so many words fit into a byte. */
const MOST_NAME_WORDS = 255;
const MOST_REMEMBERED = 20_000;
const LOW_BYTE = 256;
const WITHDRAWN = 1;
const RX_ONLY = 2;
/** Most digits a number in a Float64Array keeps exactly; no barcode is longer. */
const LONGEST_BARCODE = 15;

export interface BuilderOptions {
  /** True: arrays in SharedArrayBuffers, so that several threads can search one copy. */
  readonly shared?: boolean;
}

interface KnownText {
  readonly words: readonly number[];
  readonly derived: readonly number[];
  /** Place of each derived word. */
  readonly places: readonly number[];
}

/** The digits of a barcode as a number (leading zeros do not count), or -1 when it is none. */
export function barcodeNumber(code: string): number {
  let number = 0;
  let digits = 0;
  for (let at = 0; at < code.length; at++) {
    const digit = code.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) continue;
    if (digits > 0 || digit > 0) digits++;
    number = number * 10 + digit;
  }
  return digits === 0 || digits > LONGEST_BARCODE ? -1 : number;
}

export class IndexBuilder implements IndexBuilderApi {
  private readonly table = new WordTable();
  private readonly numberOfDrug = new Map<number, number>();
  private readonly drugIds = new GrowingArray();
  private readonly flags = new GrowingArray();
  private readonly hashes = new GrowingArray();
  private readonly lengths = new GrowingArray();
  /** Words of each product: name, Arabic name, then others once each; word number and place byte. */
  private readonly entries = new GrowingArray();
  private readonly starts = new GrowingArray();
  private readonly barcodes: number[] = [];
  private readonly barcodeProducts = new GrowingArray();
  private readonly columns = new EntityColumns();
  private readonly known = new Map<string, KnownText>();
  /** Last product (plus 1) that has a word: each word is entered once for a product, beside the names themselves. */
  private readonly lastProduct: number[] = [];
  private isBuilt = false;

  constructor(private readonly options: BuilderOptions = {}) {}

  get size(): number {
    return this.numberOfDrug.size;
  }

  add(document: SearchDocument): void {
    if (this.isBuilt) throw new Error('an index builder builds once');
    const product = this.drugIds.length;
    this.numberOfDrug.set(document.drugId, product);
    this.drugIds.push(document.drugId);
    this.flags.push((document.isActive ? 0 : WITHDRAWN) | (document.rxOnly ? RX_ONLY : 0));
    this.hashes.push(hashOfName(document.name));
    this.starts.push(this.entries.length);
    this.addWords(document, product);
    for (const barcode of document.barcodes) {
      const code = barcodeNumber(barcode);
      if (code < 0) continue;
      this.barcodes.push(code);
      this.barcodeProducts.push(product);
    }
    this.columns.add(document);
  }

  private addWords(document: SearchDocument, product: number): void {
    const name = this.read(document.name, false);
    const arabic = document.nameAr === null ? undefined : this.read(document.nameAr, false);
    const nameWords = name.words.slice(0, MOST_NAME_WORDS);
    const arabicWords = arabic?.words.slice(0, MOST_NAME_WORDS) ?? [];
    this.lengths.push(
      Math.min(255, document.name.length) * 65536 + nameWords.length * LOW_BYTE + arabicWords.length,
    );
    for (let at = 0; at < nameWords.length; at++)
      this.enter(nameWords[at] ?? 0, Math.min(LAST_PLACE, at + 1), product);
    for (let at = 0; at < arabicWords.length; at++)
      this.enter(arabicWords[at] ?? 0, ARABIC | Math.min(LAST_PLACE, at + 1), product);
    this.enterDerived(name, DERIVED, product);
    if (arabic !== undefined) this.enterDerived(arabic, ARABIC | DERIVED, product);
    for (const literal of literalWordsOf(document.name, nameWords.length === 0))
      this.enterOnce(this.numberOf(literal), PLACE_LITERAL, product);
    for (const text of document.ingredientTexts) this.enterText(text, PLACE_INGREDIENT, product);
    if (document.strength !== null) this.enterText(document.strength, PLACE_STRENGTH, product);
    if (document.atcCode !== null) this.enterText(document.atcCode, PLACE_ATC, product);
    // Where nothing was linked, the composition as written is all there is: it ranks like an ingredient.
    const isUnlinked = document.ingredientIds.length === 0 && document.ingredientTexts.length === 0;
    if (document.activeRaw !== null)
      this.enterText(document.activeRaw, isUnlinked ? PLACE_INGREDIENT : PLACE_TEXT, product);
  }

  private numberOf(word: string): number {
    return this.table.numberOf(word);
  }

  /** The words of a text by number; texts other than names repeat, so they are remembered. */
  private read(text: string, isRemembered: boolean): KnownText {
    const remembered = isRemembered ? this.known.get(text) : undefined;
    if (remembered !== undefined) return remembered;
    const words = wordsOf(text);
    const derived: number[] = [];
    const places: number[] = [];
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      const first = word.charCodeAt(0);
      // Only numbers and Arabic words stand for another word as well.
      if (first > 0x39 && first < 0x600) continue;
      const article = withoutArticle(word);
      const others = article === null ? derivedNumberWords(word, words[at + 1]) : [article];
      for (const other of others) {
        derived.push(this.numberOf(other));
        places.push(Math.min(LAST_PLACE, at + 1));
      }
    }
    const read = { words: words.map((word) => this.numberOf(word)), derived, places };
    if (isRemembered) {
      if (this.known.size >= MOST_REMEMBERED) this.known.clear();
      this.known.set(text, read);
    }
    return read;
  }

  private enter(word: number, place: number, product: number): void {
    this.lastProduct[word] = product + 1;
    this.entries.push(word * LOW_BYTE + place);
  }

  private enterOnce(word: number, place: number, product: number): void {
    if (this.lastProduct[word] !== product + 1) this.enter(word, place, product);
  }

  private enterDerived(text: KnownText, sort: number, product: number): void {
    for (let n = 0; n < text.derived.length; n++)
      this.enterOnce(text.derived[n] ?? 0, sort | (text.places[n] ?? LAST_PLACE), product);
  }

  private enterText(text: string, place: number, product: number): void {
    const { words, derived } = this.read(text, true);
    for (const word of words) this.enterOnce(word, place, product);
    for (const word of derived) this.enterOnce(word, place, product);
  }

  build(): IndexData {
    if (this.isBuilt) throw new Error('an index builder builds once');
    this.isBuilt = true;
    const { words, placeOf } = this.table.sorted();
    const lexicon = Lexicon.fromSorted(words, this.makeBuffer);
    const entries = this.placed(placeOf);
    const order = this.nameOrder(entries, words.length);
    const wordArrays = this.layOutWords(entries, order, words.length);
    const productArrays = this.layOutProducts(order);
    const arrays = {
      lexiconChars: lexicon.chars,
      lexiconOffsets: lexicon.offsets,
      ...buildSpelling(lexicon, this.makeBuffer),
      ...wordArrays,
      ...productArrays,
      arabicOrder: this.arabicOrder({ ...wordArrays, ...productArrays }, words.length),
      ...this.layOutBarcodes(order),
    };
    const { arrays: entityArrays, lists } = this.columns.layOut(order, this.makeBuffer, this.flags.filled);
    return {
      version: INDEX_VERSION,
      documentCount: order.length,
      arrays: { ...arrays, ...entityArrays },
      lists,
    };
  }

  private readonly makeBuffer = (bytes: number): ArrayBuffer =>
    // A SharedArrayBuffer serves as the memory of a typed array like an ArrayBuffer; only the types differ.
    this.options.shared === true
      ? (new SharedArrayBuffer(bytes) as unknown as ArrayBuffer)
      : new ArrayBuffer(bytes);

  /** Replaces word numbers by places in the lexicon, in place. */
  private placed(placeOf: Uint32Array): Uint32Array {
    const entries = this.entries.filled;
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] ?? 0;
      entries[at] = (placeOf[entry >>> 8] ?? 0) * LOW_BYTE + (entry & 0xff);
    }
    this.starts.push(entries.length);
    return entries;
  }

  private nameOrder(entries: Uint32Array, wordCount: number): Uint32Array {
    const starts = this.starts.filled;
    const lengths = this.lengths.filled;
    const drugIds = this.drugIds.filled;
    const sequences = {
      entries,
      startOf: (product: number) => starts[product] ?? 0,
      lengthOf: (product: number) => ((lengths[product] ?? 0) >>> 8) & 0xff,
      tieOf: (product: number) => drugIds[product] ?? 0,
    };
    return orderBySequence(sequences, Uint32Array.from(this.numberOfDrug.values()), wordCount);
  }

  /** Documents with an Arabic name, in the order of it. */
  private arabicOrder(
    arrays: Record<'wordOffsets' | 'wordEntries', Uint32Array> &
      Record<'nameWords' | 'arabicWords', Uint8Array>,
    wordCount: number,
  ): Uint32Array {
    const { wordOffsets, wordEntries, nameWords, arabicWords } = arrays;
    const documents = new GrowingArray();
    for (let n = 0; n < arabicWords.length; n++) if (arabicWords[n] !== 0) documents.push(n);
    const sequences = {
      entries: wordEntries,
      startOf: (document: number) => (wordOffsets[document] ?? 0) + (nameWords[document] ?? 0),
      lengthOf: (document: number) => arabicWords[document] ?? 0,
      tieOf: (document: number) => document,
    };
    const order = new Uint32Array(this.makeBuffer(documents.length * 4));
    order.set(orderBySequence(sequences, documents.filled, wordCount));
    return order;
  }

  private layOutWords(entries: Uint32Array, order: Uint32Array, wordCount: number) {
    const starts = this.starts.filled;
    let total = 0;
    for (const product of order) total += (starts[product + 1] ?? 0) - (starts[product] ?? 0);
    const wordOffsets = new Uint32Array(this.makeBuffer((order.length + 1) * 4));
    const wordEntries = new Uint32Array(this.makeBuffer(total * 4));
    const postingOffsets = new Uint32Array(this.makeBuffer((wordCount + 1) * 4));
    const seen = new Uint32Array(wordCount);
    let at = 0;
    for (let document = 0; document < order.length; document++) {
      const product = order[document] ?? 0;
      const end = starts[product + 1] ?? 0;
      for (let from = starts[product] ?? 0; from < end; from++) {
        const entry = entries[from] ?? 0;
        wordEntries[at++] = entry;
        const word = entry >>> 8;
        if (seen[word] === document + 1) continue;
        seen[word] = document + 1;
        postingOffsets[word + 1] = (postingOffsets[word + 1] ?? 0) + 1;
      }
      wordOffsets[document + 1] = at;
    }
    for (let word = 0; word < wordCount; word++)
      postingOffsets[word + 1] = (postingOffsets[word + 1] ?? 0) + (postingOffsets[word] ?? 0);
    const postings = new Uint32Array(this.makeBuffer((postingOffsets[wordCount] ?? 0) * 4));
    const next = postingOffsets.slice();
    seen.fill(0);
    for (let document = 0; document < order.length; document++) {
      const end = wordOffsets[document + 1] ?? 0;
      for (let from = wordOffsets[document] ?? 0; from < end; from++) {
        const entry = wordEntries[from] ?? 0;
        const word = entry >>> 8;
        const place = entry & 0xff;
        const at = next[word] ?? 0;
        if (seen[word] !== document + 1) {
          seen[word] = document + 1;
          next[word] = at + 1;
          postings[at] = document * LOW_BYTE + place;
          // Twice in one product: the better place counts, as it does where the product's own words are read.
        } else if ((CODE_OF_PLACE[place] ?? 0) < (CODE_OF_PLACE[(postings[at - 1] ?? 0) & 0xff] ?? 0))
          postings[at - 1] = document * LOW_BYTE + place;
      }
    }
    return { wordOffsets, wordEntries, postingOffsets, postings };
  }

  private layOutProducts(order: Uint32Array) {
    const lengths = this.lengths.filled;
    const count = order.length;
    const drugIds = new Uint32Array(this.makeBuffer(count * 4));
    const byDrug = new Uint32Array(this.makeBuffer(count * 4));
    const flags = new Uint8Array(this.makeBuffer(count));
    const nameHashes = new Uint32Array(this.makeBuffer(count * 4));
    const ranks = new Uint32Array(this.makeBuffer(count * 4));
    const nameWords = new Uint8Array(this.makeBuffer(count));
    const arabicWords = new Uint8Array(this.makeBuffer(count));
    const sourceIds = this.drugIds.filled;
    const sourceFlags = this.flags.filled;
    const sourceHashes = this.hashes.filled;
    for (let document = 0; document < count; document++) {
      const product = order[document] ?? 0;
      drugIds[document] = sourceIds[product] ?? 0;
      flags[document] = sourceFlags[product] ?? 0;
      nameHashes[document] = sourceHashes[product] ?? 0;
      const length = lengths[product] ?? 0;
      ranks[document] = rankOf(
        length >>> 16,
        this.columns.ingredientsOf(product),
        (sourceFlags[product] ?? 0) & WITHDRAWN,
      );
      nameWords[document] = (length >>> 8) & 0xff;
      arabicWords[document] = length & 0xff;
    }
    sortByKey(drugIds, byDrug);
    return { drugIds, byDrug, flags, nameHashes, ranks, nameWords, arabicWords };
  }

  private layOutBarcodes(order: Uint32Array) {
    const documentOf = new Uint32Array(this.drugIds.length);
    for (let document = 0; document < order.length; document++)
      documentOf[order[document] ?? 0] = document + 1;
    const products = this.barcodeProducts.filled;
    const live: number[] = [];
    for (let n = 0; n < products.length; n++) if (documentOf[products[n] ?? 0] !== 0) live.push(n);
    const barcodes = new Float64Array(this.makeBuffer(live.length * 8));
    for (const [at, n] of live.entries()) barcodes[at] = this.barcodes[n] ?? 0;
    // Sorting bare numbers and looking up their places afterwards is ten times faster than sorting pairs.
    barcodes.sort();
    const barcodeDocuments = new Uint32Array(this.makeBuffer(live.length * 4));
    for (const n of live) {
      let at = lowerBound(barcodes, this.barcodes[n] ?? 0);
      while (barcodeDocuments[at] !== 0) at++;
      barcodeDocuments[at] = documentOf[products[n] ?? 0] ?? 0;
    }
    for (let at = 0; at < live.length; at++) barcodeDocuments[at] = (barcodeDocuments[at] ?? 1) - 1;
    return { barcodes, barcodeDocuments };
  }
}

/** Number of values below `wanted` in a sorted array. */
export function lowerBound(sorted: Float64Array, wanted: number): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

/** Fills `places` with 0…n-1 in ascending order of `keys`. */
function sortByKey(keys: Uint32Array, places: Uint32Array): void {
  const packed = new Float64Array(keys.length);
  for (let at = 0; at < keys.length; at++) packed[at] = (keys[at] ?? 0) * 2 ** 21 + at;
  if (keys.length <= 2 ** 21) {
    packed.sort();
    for (let at = 0; at < keys.length; at++) places[at] = (packed[at] ?? 0) % 2 ** 21;
    return;
  }
  for (let at = 0; at < keys.length; at++) places[at] = at;
  places.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
}

/** The buffers of an index, for the transfer list of `postMessage`; none when they are shared. */
export function transferablesOf(data: IndexData): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of Object.values(data.arrays)) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}
