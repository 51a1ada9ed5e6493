import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { decimalOf, type DemandCurve } from '../forecast/demand-curve.domain.js';
import { ForecastService, UNKNOWN, type ProductForecast } from '../forecast/forecast.service.js';
import { seasonAt } from '../forecast/seasonality.domain.js';
import type { Order } from '../orders/orders.types.js';
import { OrdersService } from '../orders/orders.service.js';
import { suggestReorder, type ReorderTerms, type Suggestion } from './reorder.domain.js';
import { ReorderRepository, type OrderingBranch, type Product } from './reorder.repository.js';
import type {
  DemandView,
  OrderSuggestions,
  Rule,
  RuleQuery,
  SetReorderRule,
  SuggestionQuery,
  SuggestionRow,
  SuggestionsOrdered,
} from './reorder.schemas.js';
import { safetyFor } from './safety-for.domain.js';

/** Days of cover are told up to a year: nobody plans beyond it. */
const MOST_COVER = 366;
/** Weeks of the past that a product is shown with. */
const WEEKS_SHOWN = 52;
/** Weeks ahead it is shown with: a quarter. */
const WEEKS_AHEAD_SHOWN = 13;

/** What to buy, and the rules that say it where usage does not. */
@Injectable()
export class ReorderService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reorder: ReorderRepository,
    private readonly forecasts: ForecastService,
    private readonly orders: OrdersService,
    private readonly branches: BranchesService,
  ) {}

  /** What to buy now, the one that runs out first, first. */
  suggestions(
    ctx: RequestContext,
    { supplierId, page, limit, ...terms }: z.output<typeof SuggestionQuery>,
  ): Promise<Page<SuggestionRow>> {
    return this.uow.read(ctx, async (tx) => {
      const all = (await this.suggested(tx, ctx, terms)).filter(
        (row) => supplierId === undefined || row.supplierId === supplierId,
      );
      all.sort((a, b) => (a.daysOfCover ?? -1) - (b.daysOfCover ?? -1) || a.drugId - b.drugId);
      const data = all.slice((page - 1) * limit, page * limit);
      return { data, meta: { total: all.length, page, limit } };
    });
  }

  /** How the demand for a product went, and is expected to go. Throws NotFound for one that is not in the catalogue, or not sold any more. */
  demand(ctx: RequestContext, drugId: number): Promise<z.output<typeof DemandView>> {
    return this.uow.read(ctx, async (tx) => {
      const branch = await this.branches.settings(tx, ctx.branchId);
      const [product] = await this.reorder.products(tx, branch, [drugId]);
      if (!product) throw new NotFound('drug');
      const known = (await this.forecasts.all(tx, branch)).get(drugId) ?? UNKNOWN;
      const { forecast, weeks, observations } = known;
      const first = Math.max(weeks.length - WEEKS_SHOWN, 0);
      return {
        drugId,
        drugName: product.drugName,
        baseUnit: product.baseUnit,
        ...explained(known),
        past: weeks.slice(first).map((week, at) => ({
          used: decimalOf(week.used),
          lost: decimalOf(week.lost),
          inStock: Math.round(week.open * 100) / 100,
          corrected: decimalOf(observations[first + at]?.rate ?? 0),
        })),
        ahead: forecast.weeks.slice(0, WEEKS_AHEAD_SHOWN).map((expected, week) => ({
          expected: decimalOf(expected),
          deviation: decimalOf(forecast.deviation * seasonAt(forecast.season, week)),
        })),
      };
    });
  }

  /** Drafts of what is suggested for these products, or as many packs of them as somebody says, one a supplier. */
  order(
    ctx: RequestContext,
    { lines: asked, ...terms }: z.output<typeof OrderSuggestions>,
  ): Promise<z.output<typeof SuggestionsOrdered>> {
    return this.uow.run(ctx, async (tx) => {
      const branch = await this.branches.settings(tx, ctx.branchId);
      const ids = asked.map(({ drugId }) => drugId);
      const products = await this.reorder.products(tx, branch, ids);
      const found = new Map(products.map((product) => [product.drugId, product]));
      const suggested = new Map((await this.suggested(tx, ctx, terms)).map((row) => [row.drugId, row.packs]));
      const bySupplier = new Map<number, { drugId: number; packs: number; price: string }[]>();
      const left: z.output<typeof SuggestionsOrdered>['left'] = [];
      for (const { drugId, packs: said, supplierId: chosen } of asked) {
        const product = found.get(drugId);
        const packs = said ?? suggested.get(drugId) ?? 0;
        const supplierId = chosen ?? product?.supplierId ?? null;
        if (product === undefined || packs === 0) left.push({ drugId, reason: 'nothing-to-buy' });
        else if (supplierId === null) left.push({ drugId, reason: 'no-supplier' });
        else {
          const offer = product.offers.find((one) => one.supplierId === supplierId);
          const line = { drugId, packs, price: offer?.price ?? '0' };
          bySupplier.set(supplierId, [...(bySupplier.get(supplierId) ?? []), line]);
        }
      }
      const orders: Order[] = [];
      for (const [supplierId, some] of bySupplier) {
        const lines = some.map(({ drugId, packs, price }) => ({
          ...{ drugId, level: 'pack' as const, quantity: String(packs), bonus: '0', price, taxRate: '0' },
        }));
        const id = await this.orders.createIn(tx, ctx, { supplierId, lines });
        orders.push(await this.orders.getIn(tx, ctx, id));
      }
      return { orders, left };
    });
  }

  findRules(ctx: RequestContext, query: z.output<typeof RuleQuery>): Promise<Page<Rule>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.reorder.findRules(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound (drug, supplier), StaleVersion, RuleViolation. */
  setRule(ctx: RequestContext, drugId: number, input: z.output<typeof SetReorderRule>): Promise<Rule> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.reorder.setRule(tx, ctx.branchId, drugId, input))) throw new StaleVersion('rule');
      const [[rule]] = await this.reorder.findRules(tx, ctx.branchId, { drugId, page: 1, limit: 1 });
      if (!rule) throw new StaleVersion('rule');
      return rule;
    });
  }

  private async suggested(tx: Tx, ctx: RequestContext, terms: ReorderTerms): Promise<SuggestionRow[]> {
    const branch = await this.branches.settings(tx, ctx.branchId);
    const forecasts = await this.forecasts.all(tx, branch);
    const ids = new Set([...forecasts.keys(), ...(await this.reorder.ruled(tx, ctx.branchId))]);
    const products = await this.reorder.products(tx, branch, [...ids]);
    return products.flatMap(
      (product) => rowOf(product, forecasts.get(product.drugId) ?? UNKNOWN, branch, terms) ?? [],
    );
  }
}

function rowOf(
  product: Product,
  known: ProductForecast,
  branch: OrderingBranch,
  terms: ReorderTerms,
): SuggestionRow | undefined {
  const { lots: _, leadSeen: __, leadOrders: ___, ruleService: ____, ...told } = product;
  const { forecast, demand } = known;
  const kept = safetyFor(product, forecast, branch.serviceLevel, terms.reviewDays);
  const found = suggestReorder({ ...product, demand, safety: kept.safety }, terms);
  if (!found) return undefined;
  return {
    ...told,
    ...found,
    ...explained(known),
    offers: [...product.offers],
    expected: demand.quantityIn(product.leadDays + terms.reviewDays),
    ...kept,
    daysOfCover: coverOf(found, demand),
  };
}

const explained = ({ forecast, demand, daysInStock, stockOutDays, lost }: ProductForecast) => ({
  method: forecast.method,
  usagePerDay: decimalOf(demand.perDay),
  trendPerWeek: decimalOf(forecast.trend),
  season: Math.round(seasonAt(forecast.season, 0) * 100) / 100,
  weeksSeen: Math.floor(forecast.observed),
  ...{ daysInStock, stockOutDays, lost: decimalOf(lost) },
});

/** Whole days until what is usable is used; null: nothing of it is expected to be. */
function coverOf({ usable }: Suggestion, demand: DemandCurve): number | null {
  if (demand.isNone) return null;
  const stock = Quantity.of(usable).thousandths;
  for (let days = 1; days <= MOST_COVER; days++) if (demand.soldIn(days) > stock) return days - 1;
  return MOST_COVER;
}
