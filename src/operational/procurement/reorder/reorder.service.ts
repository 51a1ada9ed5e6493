import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import type { Order } from '../orders/orders.types.js';
import { OrdersService } from '../orders/orders.service.js';
import { suggestReorder, usagePerDay, type ReorderTerms } from './reorder.domain.js';
import { ReorderRepository, type Product } from './reorder.repository.js';
import type {
  OrderSuggestions,
  Rule,
  RuleQuery,
  SetReorderRule,
  SuggestionQuery,
  SuggestionRow,
  SuggestionsOrdered,
} from './reorder.schemas.js';

/** What to buy, and the rules that say it where usage does not. */
@Injectable()
export class ReorderService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reorder: ReorderRepository,
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

  /** Drafts of what is suggested for these products, one a supplier. */
  order(
    ctx: RequestContext,
    { drugIds, ...terms }: z.output<typeof OrderSuggestions>,
  ): Promise<z.output<typeof SuggestionsOrdered>> {
    return this.uow.run(ctx, async (tx) => {
      const rows = await this.suggested(tx, ctx, terms, drugIds);
      const found = new Map(rows.map((row) => [row.drugId, row]));
      const bySupplier = new Map<number, SuggestionRow[]>();
      const left: z.output<typeof SuggestionsOrdered>['left'] = [];
      for (const drugId of new Set(drugIds)) {
        const row = found.get(drugId);
        if (row === undefined || row.packs === 0) left.push({ drugId, reason: 'nothing-to-buy' });
        else if (row.supplierId === null) left.push({ drugId, reason: 'no-supplier' });
        else bySupplier.set(row.supplierId, [...(bySupplier.get(row.supplierId) ?? []), row]);
      }
      const orders: Order[] = [];
      for (const [supplierId, some] of bySupplier) {
        const lines = some.map(({ drugId, packs, price }) => ({
          ...{ drugId, level: 'pack' as const, quantity: String(packs), bonus: '0' },
          ...{ price: price ?? '0', taxRate: '0' },
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

  private async suggested(
    tx: Tx,
    ctx: RequestContext,
    terms: ReorderTerms,
    drugIds?: readonly number[],
  ): Promise<SuggestionRow[]> {
    const branch = await this.branches.settings(tx, ctx.branchId);
    const products = await this.reorder.facts(tx, branch, drugIds);
    return products.flatMap((product) => rowOf(product, terms) ?? []);
  }
}

function rowOf(product: Product, terms: ReorderTerms): SuggestionRow | undefined {
  const found = suggestReorder(product, terms);
  if (!found) return undefined;
  const { lots: _, used, ...told } = product;
  const perDay = usagePerDay(used, product.daysInStock);
  const daily = Quantity.of(perDay).thousandths;
  const daysOfCover = daily === 0n ? null : Number(Quantity.of(found.usable).thousandths / daily);
  return { ...told, ...found, usagePerDay: perDay, daysOfCover };
}
