import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { DrugFacets, DrugFilters, MatchKind } from './search.types.js';
import type { SearchPlan } from './sql-search.domain.js';
import { BROWSE, FIND_SYNONYMS, SEARCH, SUGGEST, SUGGEST_BY_PREFIX } from './sql-search.sql.js';

/** The most matches that are ranked and counted; beyond it a query says nothing, and the answer says it is capped. */
export const CANDIDATE_CAP = 5000;
/** The same for a listing of everything, which costs less a row: twice the largest national catalogue we know of. */
const BROWSE_CAP = 50_000;

/** Kinds of match SQL can tell, by rank. */
const SQL_KINDS = ['barcode', 'exact', 'prefix', 'brand', 'ingredient', 'synonym', 'text'] as const;

/** A product found, and why. */
export interface Match {
  readonly drugId: number;
  readonly kind: MatchKind | null;
}

export interface Matches {
  readonly total: number;
  readonly isCapped: boolean;
  readonly page: readonly Match[];
  readonly facets: DrugFacets;
}

interface RankedId {
  readonly drugId: number;
  readonly rank: number | null;
}

interface FacetRow {
  readonly facet: number;
  readonly value: string;
  readonly count: number;
}

/** Values of `grouping(dosage_form, route, category_id, company_id, rx_only, in_stock)`: the bit of the facet is 0. */
const FACET_BITS = {
  dosageForm: 0b011111,
  route: 0b101111,
  category: 0b110111,
  company: 0b111011,
  rxOnly: 0b111101,
  inStock: 0b111110,
} as const;

/** Finds products by what somebody typed. */
@Injectable()
export class SqlSearchRepository {
  /** Products that match, best first, with facet counts over all of them; without a text, every product by name. */
  async findMatches(
    tx: Tx,
    plan: SearchPlan,
    filters: DrugFilters,
    inStockIds: readonly number[],
    page: { offset: number; limit: number },
  ): Promise<Matches> {
    const isBrowsing = plan.folded === '' && plan.literal === null;
    const cap = isBrowsing ? BROWSE_CAP : CANDIDATE_CAP;
    const common = [...filterValues(filters), inStockIds, cap, page.offset, page.limit];
    const answer = await tx.one<{ total: number; page: RankedId[]; facets: FacetRow[] }>(
      isBrowsing ? BROWSE : SEARCH,
      isBrowsing ? common : [...common, ...planValues(plan)],
    );
    return {
      total: answer.total,
      isCapped: answer.total === cap,
      page: answer.page.map(toMatch),
      facets: toFacets(answer.facets),
    };
  }

  /** The best products for a text that is still being typed. */
  async findSuggestions(tx: Tx, plan: SearchPlan, limit: number): Promise<Matches> {
    // A barcode or an Arabic name may rank before a beginning of a name; else a full list of beginnings is the answer.
    if (plan.gtin === null && plan.folded !== '' && plan.words.every(({ arabicQuery }) => !arabicQuery)) {
      const first = await tx.query<RankedId>(SUGGEST_BY_PREFIX, [plan.folded, plan.prefixEnd, limit]);
      if (first.length === limit) return onlyHits(first);
    }
    const common = [...filterValues({}), [], CANDIDATE_CAP, 0, limit];
    const answer = await tx.one<{ page: RankedId[] }>(SUGGEST, [...common, ...planValues(plan)]);
    return onlyHits(answer.page);
  }

  /** The shortest other name of an ingredient of each product in which the query begins a word, by product. */
  async findSynonyms(tx: Tx, drugIds: readonly number[], folded: string): Promise<Map<number, string>> {
    const rows = await tx.query<{ drugId: number; synonym: string }>(FIND_SYNONYMS, [drugIds, folded]);
    return new Map(rows.map((row) => [row.drugId, row.synonym]));
  }
}

const onlyHits = (page: readonly RankedId[]): Matches => ({
  total: page.length,
  isCapped: false,
  page: page.map(toMatch),
  facets: toFacets([]),
});

const toMatch = ({ drugId, rank }: RankedId): Match => ({
  drugId,
  kind: rank === null ? null : (SQL_KINDS[rank] ?? 'text'),
});

function filterValues(filters: DrugFilters): unknown[] {
  const { dosageForm, route, category, company, rxOnly, inStock } = filters;
  return [
    dosageForm ?? null,
    route ?? null,
    category?.map(foldText) ?? null,
    company?.map(foldText) ?? null,
    rxOnly ?? null,
    inStock ?? null,
  ];
}

function planValues(plan: SearchPlan): unknown[] {
  const { words } = plan;
  return [
    plan.folded,
    plan.prefixEnd,
    words.map(({ word }) => word),
    words.map(({ pattern }) => pattern),
    words.map(({ isLookup }) => isLookup),
    words.map(({ query }) => query),
    words.map(({ looseQuery }) => looseQuery),
    words.map(({ arabicQuery }) => arabicQuery),
    plan.gtin,
    plan.literal,
  ];
}

function toFacets(rows: readonly FacetRow[]): DrugFacets {
  const values = (bits: number): { value: string; count: number }[] =>
    rows.filter(({ facet }) => facet === bits).map(({ value, count }) => ({ value, count }));
  const flags = (bits: number): { value: boolean; count: number }[] =>
    values(bits).map(({ value, count }) => ({ value: value === 'true', count }));
  return {
    dosageForm: values(FACET_BITS.dosageForm),
    route: values(FACET_BITS.route),
    category: values(FACET_BITS.category),
    company: values(FACET_BITS.company),
    rxOnly: flags(FACET_BITS.rxOnly),
    inStock: flags(FACET_BITS.inStock),
  };
}
