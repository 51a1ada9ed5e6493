import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { classify, type AbcClass } from './abc.domain.js';
import { isDue } from './count-status.domain.js';
import { StockCountsRepository } from './stock-counts.repository.js';
import type { CyclePlanQuery, UpdateStockPolicy } from './stock-counts.schemas.js';
import type { CyclePlanRow, StockPolicy } from './stock-counts.types.js';

/** What counts where a branch has set nothing. */
const DEFAULTS: StockPolicy = {
  cycleDaysA: 30,
  cycleDaysB: 90,
  cycleDaysC: 365,
  recountShare: '0.05',
  recountValue: null,
  adjustmentLimit: null,
  version: 0,
};

/** Which products are to be counted how often, by what they are worth to the branch. */
@Injectable()
export class CyclePlanService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counts: StockCountsRepository,
  ) {}

  policy(ctx: RequestContext): Promise<StockPolicy> {
    return this.uow.read(ctx, (tx) => this.policyOf(tx, ctx.branchId));
  }

  async policyOf(tx: Tx, branchId: number): Promise<StockPolicy> {
    return (await this.counts.findPolicy(tx, branchId)) ?? DEFAULTS;
  }

  /** Throws StaleVersion. */
  setPolicy(ctx: RequestContext, input: z.output<typeof UpdateStockPolicy>): Promise<StockPolicy> {
    return this.uow.run(ctx, async (tx) => {
      const policy: StockPolicy = { ...(await this.policyOf(tx, ctx.branchId)), ...input };
      if (!(await this.counts.savePolicy(tx, ctx.branchId, policy))) throw new StaleVersion('policy');
      return this.policyOf(tx, ctx.branchId);
    });
  }

  /** The products in stock or used within a year, those of most worth first. */
  findPage(ctx: RequestContext, query: z.output<typeof CyclePlanQuery>): Promise<Page<CyclePlanRow>> {
    const { page, limit, abcClass, due } = query;
    return this.uow.read(ctx, async (tx) => {
      const rows = (await this.rows(tx, ctx.branchId)).filter(
        (row) =>
          (abcClass === undefined || row.abcClass === abcClass) && (due === undefined || row.isDue === due),
      );
      const data = rows.slice((page - 1) * limit, page * limit);
      return { data, meta: { total: rows.length, page, limit } };
    });
  }

  /** The products of a class. */
  async drugsOfClass(tx: Tx, branchId: number, abcClass: AbcClass): Promise<number[]> {
    const rows = await this.rows(tx, branchId);
    return rows.filter((row) => row.abcClass === abcClass).map((row) => row.drugId);
  }

  private async rows(tx: Tx, branchId: number): Promise<CyclePlanRow[]> {
    const policy = await this.policyOf(tx, branchId);
    const products = await this.counts.findConsumption(tx, branchId);
    const classes = classify(products.map(({ drugId, value }) => ({ drugId, value: BigInt(value) })));
    const days = { A: policy.cycleDaysA, B: policy.cycleDaysB, C: policy.cycleDaysC };
    return products.map(({ value: _, daysSince, ...product }) => {
      const abcClass = classes.get(product.drugId) ?? 'C';
      // What is not in stock has nothing to be counted.
      return { ...product, abcClass, isDue: product.lots > 0 && isDue(daysSince, days[abcClass]) };
    });
  }
}
