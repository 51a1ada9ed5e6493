import { Inject, Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { moneyText, plainDecimal } from './drug.domain.js';
import { toSummary } from './drug-view.js';
import { codesOf, nearClasses } from './near-classes.domain.js';
import { NEARNESS, type Nearness } from './offered.types.js';
import { DrugsRepository } from './drugs.repository.js';
import type { DrugSummary } from './drugs.schemas.js';
import { STOCK_LOOKUP, type StockLookup } from './drugs.types.js';
import { SubstitutesRepository } from './substitutes.repository.js';
import type { AlternativesView, EquivalentsView } from './substitutes.schemas.js';

/** More than anybody looks through; those in stock and the cheapest come first. */
const MOST = 200;

/** A product that may be given for the same purpose as another. */
export interface NearProduct extends DrugSummary {
  readonly unitPrice: string | null;
  readonly unitPriceDifference: string | null;
  readonly ingredients: readonly string[];
  readonly ingredientIds: readonly number[];
  readonly sameRoute: boolean;
  readonly isInStock: boolean;
  readonly nearness: Nearness;
  readonly atcCode: string;
  readonly atcName: string | null;
}

const plain = (text: string | null): string | null => (text === null ? null : plainDecimal(text));

/** What may be given instead of a product. */
@Injectable()
export class SubstitutesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly drugs: DrugsRepository,
    private readonly substitutes: SubstitutesRepository,
    @Inject(STOCK_LOOKUP) private readonly stock: StockLookup,
  ) {}

  /** Products of the same contents: those in stock first, then the cheapest. Throws NotFound. */
  equivalents(ctx: RequestContext, drugId: number): Promise<EquivalentsView> {
    return this.uow.read(ctx, async (tx) => {
      const comparable = await this.substitutes.findComparable(tx, drugId);
      if (!comparable) throw new NotFound('drug');
      const { notComparable, comparedBy, formRule } = comparable;
      if (notComparable)
        return { data: [], meta: { total: 0, comparedBy: null, formRule: null, notComparable } };
      const inStock = await this.stock.drugIdsInStock(tx, ctx.branchId);
      const found = await this.substitutes.findEquivalents(tx, drugId, inStock, MOST);
      const data = await this.offered(tx, ctx, found, (row) => ({
        priceDifference: moneyText(row.priceDifference),
      }));
      return { data, meta: { total: data.length, comparedBy, formRule, notComparable: null } };
    });
  }

  /** Products of other contents in the same ATC level 4 class. Throws NotFound. */
  alternatives(ctx: RequestContext, drugId: number): Promise<AlternativesView> {
    return this.uow.read(ctx, async (tx) => {
      const found = await this.substitutes.findClass(tx, drugId);
      if (!found) {
        if (!(await this.drugs.find(tx, drugId))) throw new NotFound('drug');
        return { data: [], meta: { total: 0, atcCode: null, atcName: null, atcFrom: null } };
      }
      const inStock = await this.stock.drugIdsInStock(tx, ctx.branchId);
      const rows = await this.substitutes.findAlternatives(tx, drugId, found.atcCode, inStock, MOST);
      const data = await this.offered(tx, ctx, rows, ({ ingredients, sameRoute }) => ({
        ingredients,
        sameRoute,
      }));
      return { data, meta: { total: data.length, ...found } };
    });
  }

  /**
   * Products of other contents that may be given for the same purpose, one of each content and route, at most `limit` (and
   * whether there were more): in stock first, then the same route, then the nearest class, then the cheapest. `classIsKnown`
   * is false where no ATC class is known of the product. Throws NotFound.
   */
  async near(
    tx: Tx,
    ctx: RequestContext,
    drugId: number,
    options: { readonly otcOnly: boolean; readonly limit: number },
  ): Promise<{
    readonly products: readonly NearProduct[];
    readonly isMore: boolean;
    readonly classIsKnown: boolean;
  }> {
    const codes = await this.substitutes.findCodes(tx, drugId);
    if (!codes) throw new NotFound('drug');
    const classes = nearClasses(codesOf(codes.own, codes.ofIngredients));
    if (classes.length === 0) return { products: [], isMore: false, classIsKnown: false };
    const inStock = await this.stock.drugIdsInStock(tx, ctx.branchId);
    const rows = await this.substitutes.findNear(tx, drugId, classes, inStock, {
      ...options,
      limit: options.limit + 1,
    });
    const kept = rows.slice(0, options.limit);
    const products = await this.offered(tx, ctx, kept, (row) => ({
      ingredients: row.ingredients,
      ingredientIds: row.ingredientIds,
      sameRoute: row.sameRoute,
      isInStock: row.isInStock,
      nearness: NEARNESS[row.nearness] ?? 'purpose',
      atcCode: row.atcCode,
      atcName: row.atcName,
    }));
    return { products, isMore: rows.length > kept.length, classIsKnown: true };
  }

  private async offered<
    Row extends { drugId: number; unitPrice: string | null; unitPriceDifference: string | null },
    More,
  >(
    tx: Tx,
    ctx: RequestContext,
    rows: readonly Row[],
    more: (row: Row) => More,
  ): Promise<(DrugSummary & { unitPrice: string | null; unitPriceDifference: string | null } & More)[]> {
    const ids = rows.map(({ drugId }) => drugId);
    const drugs = await this.drugs.findMany(tx, ids);
    const onHand = await this.stock.onHand(tx, ctx.branchId, ids);
    return rows.flatMap((row) => {
      const drug = drugs.get(row.drugId);
      if (!drug) return [];
      const summary = toSummary(drug, onHand.get(row.drugId) ?? '0');
      const unitPrice = plain(row.unitPrice);
      const unitPriceDifference = plain(row.unitPriceDifference);
      return [{ ...summary, unitPrice, unitPriceDifference, ...more(row) }];
    });
  }
}
