import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchStockCache } from './branch-stock-cache.js';
import { CatalogueSource } from './catalogue-source.repository.js';
import type { Dictionary } from './dictionary.domain.js';
import { SearchEngine as IndexSearch } from './engine/search-engine.domain.js';
import type { SearchFacets, SearchFilters, SearchResult, StockView } from './engine/search.types.js';
import { highlightsOf } from './highlights.domain.js';
import type { LiveIndex } from './live-index.js';
import type {
  DrugFacets,
  DrugFilters,
  DrugMatches,
  DrugQuery,
  Found,
  SearchEngine,
  Shelf,
} from './search.types.js';
import { SnapshotKeeper } from './snapshot-keeper.js';

/** Searches begun again because the catalogue changed meanwhile; then PostgreSQL answers. */
const MAX_ATTEMPTS = 5;

/**
 * Search in the index of this process. The transaction that reads what is shown of the hits also reads how far the change
 * feed is: where it is ahead of the index, the index takes the changes in and the search is done again.
 */
@Injectable()
export class SnapshotSearch implements SearchEngine {
  private readonly engine = new IndexSearch();
  private readonly stocks = new BranchStockCache();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly keeper: SnapshotKeeper,
    private readonly source: CatalogueSource,
  ) {}

  async find<Row>(ctx: RequestContext, query: DrugQuery, shelf: Shelf<Row>): Promise<Found<Row> | undefined> {
    if (!this.keeper.index) this.keeper.want();
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && this.keeper.index; attempt++) {
      const stock = query.facets ? await this.stockOf(ctx, shelf) : undefined;
      const index = this.keeper.index;
      if (!index) return undefined;
      const { place, feed } = index;
      const matches = this.search(index, query, stock);
      const drugIds = matches.hits.map(({ drugId }) => drugId);
      const kept = pick(shelf.kept.of(index), drugIds);
      const missing = drugIds.filter((drugId) => !kept.has(drugId));
      // The place is read first: rows of the catalogue are then at least as new as it.
      const [at, onHand, read] = await this.uow.readOnce(ctx, (tx) =>
        Promise.all([
          this.source.findPlace(tx),
          drugIds.length > 0 ? shelf.onHand(tx, drugIds) : new Map<number, string>(),
          missing.length > 0 ? shelf.rows(tx, missing) : new Map<number, Row>(),
        ]),
      );
      if (at.place <= place && at.feed === feed) {
        if (index.place === at.place) shelf.kept.keep(index, read);
        return { matches, rows: read.size > 0 ? new Map([...kept, ...read]) : kept, onHand };
      }
      if (at.feed !== feed) this.keeper.leave(feed);
      if (!(await this.keeper.reach(at.place))) return undefined;
    }
    return undefined;
  }

  private stockOf<Row>(ctx: RequestContext, shelf: Shelf<Row>): Promise<StockView> {
    return this.stocks.of(ctx.branchId, () => this.uow.readOnce(ctx, (tx) => shelf.inStock(tx)));
  }

  private search(
    { view, dictionary }: LiveIndex,
    query: DrugQuery,
    stock: StockView | undefined,
  ): DrugMatches {
    const result: SearchResult = this.engine.search(view, {
      query: query.text,
      filters: filtersOf(query.filters, dictionary),
      offset: query.offset,
      limit: query.limit,
      facets: query.facets,
      ...(stock ? { stock } : {}),
    });
    return {
      hits: result.hits.map(({ drugId, kind, terms }) => ({
        drugId,
        kind,
        highlights: (texts) => highlightsOf(texts, terms, dictionary),
      })),
      total: result.total,
      isCapped: false,
      facets: result.facets && facetsOf(result.facets, query.filters, dictionary),
      didYouMean: result.didYouMean,
    };
  }
}

function pick<Row>(rows: ReadonlyMap<number, Row>, drugIds: readonly number[]): Map<number, Row> {
  const picked = new Map<number, Row>();
  for (const drugId of drugIds) {
    const row = rows.get(drugId);
    if (row !== undefined) picked.set(drugId, row);
  }
  return picked;
}

function filtersOf(filters: DrugFilters, dictionary: Dictionary): SearchFilters {
  const { dosageForm, route, category, company, rxOnly, inStock } = filters;
  return {
    ...(dosageForm ? { form: dosageForm } : {}),
    ...(route ? { route } : {}),
    ...(category ? { categoryId: dictionary.categoryIdsOf(category) } : {}),
    ...(company ? { companyId: dictionary.companyIdsOf(company) } : {}),
    ...(rxOnly === undefined ? {} : { rxOnly }),
    ...(inStock === undefined ? {} : { inStock }),
  };
}

function facetsOf(facets: SearchFacets, filters: DrugFilters, dictionary: Dictionary): DrugFacets {
  const named = (
    values: readonly { value: number; count: number }[],
    nameOf: (id: number) => string | undefined,
  ) =>
    values.flatMap(({ value, count }) => {
      const name = nameOf(value);
      return name === undefined ? [] : [{ value: name, count }];
    });
  const kept = <Value>(values: readonly { value: Value; count: number }[], chosen: readonly Value[] = []) => [
    ...values,
    ...chosen
      .filter((value) => !values.some((counted) => counted.value === value))
      .map((value) => ({ value, count: 0 })),
  ];
  const nameOfCompany = (id: number): string | undefined => dictionary.companies.get(id)?.name;
  const nameOfCategory = (id: number): string | undefined => dictionary.categories.get(id)?.name;
  return {
    dosageForm: kept(facets.form, filters.dosageForm),
    route: kept(facets.route, filters.route),
    category: kept(
      named(facets.category, nameOfCategory),
      dictionary.categoryIdsOf(filters.category ?? []).flatMap((id) => nameOfCategory(id) ?? []),
    ),
    company: kept(
      named(facets.company, nameOfCompany),
      dictionary.companyIdsOf(filters.company ?? []).flatMap((id) => nameOfCompany(id) ?? []),
    ),
    rxOnly: kept(facets.rxOnly, filters.rxOnly === undefined ? [] : [filters.rxOnly]),
    inStock: kept(facets.inStock, filters.inStock === undefined ? [] : [filters.inStock]),
  };
}
