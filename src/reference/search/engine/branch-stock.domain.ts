import type { SearchSegment } from './search-segment.domain.js';
import type { StockView } from './search.types.js';

/**
 * The products in stock at a branch. Make a new one whenever the stock was read again; the per-segment bitmap is made
 * once for each segment searched.
 */
export class BranchStock implements StockView {
  private readonly drugIds: ReadonlySet<number>;
  private readonly maps = new WeakMap<SearchSegment, Uint8Array>();

  constructor(drugIds: Iterable<number>) {
    this.drugIds = new Set(drugIds);
  }

  has(drugId: number): boolean {
    return this.drugIds.has(drugId);
  }

  /** 1 for each document of the segment that is in stock. */
  mapFor(segment: SearchSegment): Uint8Array {
    const known = this.maps.get(segment);
    if (known !== undefined) return known;
    const map = new Uint8Array(segment.documentCount);
    for (const drugId of this.drugIds) {
      const document = segment.documentOf(drugId);
      if (document >= 0) map[document] = 1;
    }
    this.maps.set(segment, map);
    return map;
  }
}
