import { DictionaryIndex } from './engine/dictionary-index.domain.js';
import { IndexBuilder } from './engine/index-builder.domain.js';
import { SearchSegment } from './engine/search-segment.domain.js';
import type { SearchView } from './engine/search-engine.domain.js';
import type { IndexData, SearchDictionary, SearchDocument } from './engine/search.types.js';
import { Dictionary } from './dictionary.domain.js';
import type { CatalogueState, FeedPlace } from './catalogue-copy.repository.js';
import type { CatalogueUpdate } from './catalogue-updates.js';
import type { CatalogueFollower } from './row-cache.js';

/** Edits gathered in the youngest segment before it is joined to the others: keeps one edit from re-indexing them all. */
const YOUNG_EDITS = 50;

/**
 * A snapshot of the catalogue with the edits made since: a large segment from the snapshot in which edited products are
 * hidden, and small ones with their present state. An update takes effect between two searches, never within one.
 */
export class LiveIndex implements CatalogueFollower {
  private readonly base: SearchSegment;
  private readonly old = new Map<number, SearchDocument>();
  private readonly young = new Map<number, SearchDocument>();
  private oldSegment: SearchSegment | undefined;
  private at: FeedPlace;
  private names: Dictionary;
  private current: SearchView;
  private readonly told: ((drugIds: readonly number[] | null) => void)[] = [];

  constructor(data: IndexData, state: CatalogueState) {
    this.base = SearchSegment.open(data);
    this.at = state.at;
    this.names = new Dictionary(state.dictionary);
    this.current = { dictionary: indexOf(state.dictionary), segments: [this.base] };
  }

  /** The last change of the feed that is in. */
  get place(): number {
    return this.at.place;
  }

  /** The feed it follows. */
  get feed(): string {
    return this.at.feed;
  }

  get dictionary(): Dictionary {
    return this.names;
  }

  /** What a search searches: another object after every update. */
  get view(): SearchView {
    return this.current;
  }

  get statistics(): { documents: number; edits: number; bytes: number } {
    const segments = this.current.segments;
    return {
      documents: segments.reduce((sum, segment) => sum + segment.liveCount, 0),
      edits: this.edits,
      bytes: segments.reduce(
        (sum, segment) => sum + segment.statistics.bytes,
        this.current.dictionary.statistics.bytes,
      ),
    };
  }

  /** Products changed since the snapshot. */
  get edits(): number {
    return Math.max(this.base.documentCount - this.base.liveCount, this.old.size + this.young.size);
  }

  onChange(tell: (drugIds: readonly number[] | null) => void): void {
    this.told.push(tell);
  }

  /** Brings the index to a later place of the feed. */
  apply(update: CatalogueUpdate): void {
    const { place, documents, drugIds, dictionary } = update;
    for (const drugId of drugIds) {
      this.base.hide(drugId);
      this.young.delete(drugId);
      if (this.old.delete(drugId)) this.oldSegment?.hide(drugId);
    }
    for (const document of documents) this.young.set(document.drugId, document);
    if (this.young.size > YOUNG_EDITS) {
      for (const [drugId, document] of this.young) this.old.set(drugId, document);
      this.young.clear();
      this.oldSegment = segmentOf(this.old);
    }
    if (dictionary) this.names = this.names.with(dictionary);
    this.at = { ...this.at, place };
    if (drugIds.length === 0 && !dictionary) return;
    for (const tell of this.told) tell(dictionary ? null : drugIds);
    const segments = [this.base, this.oldSegment, segmentOf(this.young)].filter((one) => one !== undefined);
    this.current = {
      dictionary: dictionary ? indexOf(this.names.rows) : this.current.dictionary,
      segments,
    };
  }
}

const indexOf = (rows: SearchDictionary): DictionaryIndex => DictionaryIndex.build(rows);

function segmentOf(documents: ReadonlyMap<number, SearchDocument>): SearchSegment | undefined {
  if (documents.size === 0) return undefined;
  const builder = new IndexBuilder();
  for (const document of documents.values()) builder.add(document);
  return SearchSegment.open(builder.build());
}
