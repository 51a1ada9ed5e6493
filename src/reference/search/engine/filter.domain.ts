/** Filters of a search in the numbers of one segment. */
import { BranchStock } from './branch-stock.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { SearchFilters, StockView } from './search.types.js';

const WITHDRAWN = 1;
const RX_ONLY = 2;

/** Null lets everything through. */
export type DocumentFilter = ((document: number) => boolean) | null;

/** 1 for each number of a segment's column that is one of the wanted keys. */
function allowed<Key>(wanted: Key | readonly Key[], keys: ArrayLike<Key>): Uint8Array {
  const set = new Set(Array.isArray(wanted) ? (wanted as readonly Key[]) : [wanted as Key]);
  const map = new Uint8Array(keys.length + 1);
  for (let n = 0; n < keys.length; n++) {
    const key = keys[n];
    if (key !== undefined && set.has(key)) map[n + 1] = 1;
  }
  return map;
}

/** 1 for each document in stock; null when no stock was given. */
export function stockMap(segment: SearchSegment, stock: StockView | undefined): Uint8Array | null {
  if (stock === undefined) return null;
  if (stock instanceof BranchStock) return stock.mapFor(segment);
  const map = new Uint8Array(segment.documentCount);
  for (let document = 0; document < map.length; document++)
    if (stock.has(segment.drugIds[document] ?? 0)) map[document] = 1;
  return map;
}

export function filterFor(
  segment: SearchSegment,
  filters: SearchFilters,
  inStock: Uint8Array | null,
): DocumentFilter {
  const tests: Array<(document: number) => boolean> = [];
  const byColumn = (column: Uint16Array | Uint32Array, map: Uint8Array): void => {
    tests.push((document) => map[column[document] ?? 0] === 1);
  };
  if (filters.form !== undefined) byColumn(segment.form, allowed(filters.form, segment.forms));
  if (filters.route !== undefined) byColumn(segment.route, allowed(filters.route, segment.routes));
  if (filters.companyId !== undefined)
    byColumn(segment.company, allowed(filters.companyId, segment.companyKeys));
  if (filters.categoryId !== undefined)
    byColumn(segment.category, allowed(filters.categoryId, segment.categoryKeys));
  if (filters.rxOnly !== undefined) byFlag(tests, segment.flags, RX_ONLY, filters.rxOnly);
  if (filters.isActive !== undefined) byFlag(tests, segment.flags, WITHDRAWN, !filters.isActive);
  if (filters.inStock !== undefined && inStock !== null) {
    const wanted = filters.inStock ? 1 : 0;
    tests.push((document) => inStock[document] === wanted);
  }
  if (filters.ingredientId !== undefined) {
    const number = segment.ingredientKeys.indexOf(filters.ingredientId) + 1;
    const { ingredient, ingredientOffsets } = segment;
    tests.push((document) => {
      const end = ingredientOffsets[document + 1] ?? 0;
      for (let at = ingredientOffsets[document] ?? 0; at < end; at++)
        if (ingredient[at] === number) return number !== 0;
      return false;
    });
  }
  const [only] = tests;
  if (only === undefined) return null;
  return tests.length === 1 ? only : (document) => tests.every((test) => test(document));
}

function byFlag(
  tests: Array<(document: number) => boolean>,
  flags: Uint8Array,
  flag: number,
  wanted: boolean,
): void {
  tests.push((document) => (((flags[document] ?? 0) & flag) !== 0) === wanted);
}
