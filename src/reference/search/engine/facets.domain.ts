/** Exact facet counts: one increment per document for form, route and prescription flag together, one per other facet. */
import type { SearchSegment } from './search-segment.domain.js';
import type { FacetValue, SearchFacets } from './search.types.js';

/** Counts of one segment, in its own numbers. */
export class SegmentCounts {
  private readonly tuples: Int32Array;
  private readonly companies: Int32Array;
  private readonly categories: Int32Array;
  private inStock = 0;
  private total = 0;

  constructor(
    private readonly segment: SearchSegment,
    private readonly stock: Uint8Array | null,
  ) {
    this.tuples = new Int32Array(segment.tupleForm.length);
    this.companies = new Int32Array(segment.companyKeys.length + 1);
    this.categories = new Int32Array(segment.categoryKeys.length + 1);
  }

  countOne(document: number): void {
    const { segment, tuples, companies, categories, stock } = this;
    const t = segment.tuple[document] ?? 0;
    tuples[t] = (tuples[t] ?? 0) + 1;
    const c = segment.company[document] ?? 0;
    companies[c] = (companies[c] ?? 0) + 1;
    const k = segment.category[document] ?? 0;
    categories[k] = (categories[k] ?? 0) + 1;
    if (stock !== null) this.inStock += stock[document] ?? 0;
    this.total++;
  }

  count(documents: Int32Array, length: number): void {
    const { tuple, company, category } = this.segment;
    const { tuples, companies, categories } = this;
    for (let n = 0; n < length; n++) {
      const document = documents[n] ?? 0;
      const t = tuple[document] ?? 0;
      tuples[t] = (tuples[t] ?? 0) + 1;
      const c = company[document] ?? 0;
      companies[c] = (companies[c] ?? 0) + 1;
      const k = category[document] ?? 0;
      categories[k] = (categories[k] ?? 0) + 1;
    }
    if (this.stock !== null)
      for (let n = 0; n < length; n++) this.inStock += this.stock[documents[n] ?? 0] ?? 0;
    this.total += length;
  }

  addTo(sums: FacetSums): void {
    const { segment } = this;
    for (let n = 0; n < this.tuples.length; n++) {
      const count = this.tuples[n] ?? 0;
      if (count === 0) continue;
      const form = segment.forms[(segment.tupleForm[n] ?? 0) - 1];
      if (form !== undefined) add(sums.form, form, count);
      const route = segment.routes[(segment.tupleRoute[n] ?? 0) - 1];
      if (route !== undefined) add(sums.route, route, count);
      add(sums.rxOnly, segment.tupleRxOnly[n] === 1, count);
    }
    for (let n = 1; n < this.companies.length; n++) {
      const count = this.companies[n] ?? 0;
      if (count > 0) add(sums.company, segment.companyKeys[n - 1] ?? 0, count);
    }
    for (let n = 1; n < this.categories.length; n++) {
      const count = this.categories[n] ?? 0;
      if (count > 0) add(sums.category, segment.categoryKeys[n - 1] ?? 0, count);
    }
    if (this.stock === null) return;
    if (this.inStock > 0) add(sums.inStock, true, this.inStock);
    if (this.total > this.inStock) add(sums.inStock, false, this.total - this.inStock);
  }
}

function add<Key>(sums: Map<Key, number>, key: Key, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count);
}

/** Counts over all segments, by the catalogue's keys. */
export class FacetSums {
  readonly form = new Map<string, number>();
  readonly route = new Map<string, number>();
  readonly category = new Map<number, number>();
  readonly company = new Map<number, number>();
  readonly rxOnly = new Map<boolean, number>();
  readonly inStock = new Map<boolean, number>();

  toFacets(limit: number): SearchFacets {
    return {
      form: mostFrequent(this.form, limit),
      route: mostFrequent(this.route, limit),
      category: mostFrequent(this.category, limit),
      company: mostFrequent(this.company, limit),
      rxOnly: mostFrequent(this.rxOnly, limit),
      inStock: mostFrequent(this.inStock, limit),
    };
  }
}

function mostFrequent<Key extends string | number | boolean>(
  counts: ReadonlyMap<Key, number>,
  limit: number,
): Array<FacetValue<Key>> {
  // Kept sorted while reading: there may be thousands of makers and twenty are shown.
  const values: Array<FacetValue<Key>> = [];
  for (const [value, count] of counts) {
    const last = values.at(-1);
    if (values.length === limit && (last === undefined || !isBefore(value, count, last))) continue;
    let at = values.length;
    for (
      let before = values[at - 1];
      before !== undefined && isBefore(value, count, before);
      before = values[at - 1]
    )
      at--;
    values.splice(at, 0, { value, count });
    if (values.length > limit) values.pop();
  }
  return values;
}

function isBefore<Key extends string | number | boolean>(
  value: Key,
  count: number,
  other: FacetValue<Key>,
): boolean {
  return count > other.count || (count === other.count && value < other.value);
}
