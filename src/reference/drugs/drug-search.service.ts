import { Inject, Injectable } from '@nestjs/common';

import type { RequestContext } from '../../platform/security/request-context.js';
import { SearchService } from '../search/search.service.js';
import type { DrugQuery, Found, FoundDrug, RowCache, Shelf } from '../search/search.types.js';
import { DrugHitsRepository } from './drug-hits.repository.js';
import type { DrugSearchQuery, DrugSearchResult, DrugSuggestions } from './drug-search.schemas.js';
import { toHit, toShown, type ShownDrug } from './drug-search-view.js';
import { STOCK_LOOKUP, type StockLookup } from './drugs.types.js';

const SUGGESTIONS = 10;

/** The search box: what was found, with the price and the stock of the branch as they are at that moment. */
@Injectable()
export class DrugSearchService {
  private readonly kept: RowCache<ShownDrug>;

  constructor(
    private readonly searching: SearchService,
    private readonly hits: DrugHitsRepository,
    @Inject(STOCK_LOOKUP) private readonly stock: StockLookup,
  ) {
    this.kept = searching.keepRows<ShownDrug>();
  }

  /** Products for a search text and filters, best first, with facet counts and the stock of the branch. */
  async search(ctx: RequestContext, query: DrugSearchQuery): Promise<DrugSearchResult> {
    const started = performance.now();
    const { page, limit, q, ...filters } = query;
    const found = await this.find(ctx, {
      text: q,
      filters,
      offset: (page - 1) * limit,
      limit,
      facets: true,
    });
    const data = rowsOf(found).map(([match, row]) =>
      toHit(row, match, found.onHand.get(match.drugId) ?? '0'),
    );
    const { total, isCapped, didYouMean, facets } = found.matches;
    return {
      data,
      meta: {
        total,
        page,
        limit,
        tookMs: Math.round((performance.now() - started) * 10) / 10,
        capped: isCapped,
        ...(didYouMean === null ? {} : { didYouMean }),
      },
      facets: facets ?? { dosageForm: [], route: [], category: [], company: [], rxOnly: [], inStock: [] },
    };
  }

  /** The ten best products for a text that is still being typed. */
  async suggest(ctx: RequestContext, q: string): Promise<DrugSuggestions> {
    const found = await this.find(ctx, {
      text: q,
      filters: {},
      offset: 0,
      limit: SUGGESTIONS,
      facets: false,
    });
    const data = rowsOf(found).map(([{ kind }, { shown }]) => {
      const { drugId, name, nameAr, strength, dosageForm, price, rxOnly } = shown;
      return { drugId, name, nameAr, strength, dosageForm, price, rxOnly, kind };
    });
    return { data };
  }

  private find(ctx: RequestContext, query: DrugQuery): Promise<Found<ShownDrug>> {
    const shelf: Shelf<ShownDrug> = {
      inStock: (tx) => this.stock.drugIdsInStock(tx, ctx.branchId),
      rows: async (tx, drugIds) =>
        new Map((await this.hits.find(tx, drugIds)).map((row) => [row.drugId, toShown(row)])),
      onHand: async (tx, drugIds) =>
        query.facets ? this.stock.onHand(tx, ctx.branchId, drugIds) : new Map<number, string>(),
      kept: this.kept,
    };
    return this.searching.find(ctx, query, shelf);
  }
}

/** The hits with what is shown of them; one that was deleted in this very moment is left out. */
function rowsOf({ matches, rows }: Found<ShownDrug>): [FoundDrug, ShownDrug][] {
  return matches.hits.flatMap((match) => {
    const row = rows.get(match.drugId);
    return row ? [[match, row] as [FoundDrug, ShownDrug]] : [];
  });
}
