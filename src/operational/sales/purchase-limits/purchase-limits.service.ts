import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { required } from '../required.js';
import { PurchaseLimitsRepository, type LimitTerms } from './purchase-limits.repository.js';
import type {
  CreatePurchaseLimit,
  PurchaseLimit,
  PurchaseLimitQuery,
  UpdatePurchaseLimit,
} from './purchase-limits.schemas.js';

/** Keeps the purchase limits of a branch. A change holds from the next sale on; what was sold stays. */
@Injectable()
export class PurchaseLimitsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly limits: PurchaseLimitsRepository,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof PurchaseLimitQuery>): Promise<Page<PurchaseLimit>> {
    const { page, limit, ended = false } = query;
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.limits.findPage(tx, ctx.branchId, { ended, page, limit });
      return { data, meta: { total, page, limit } };
    });
  }

  /** Throws NotFound (product, ingredient), Duplicate where one is in force already. */
  create(ctx: RequestContext, input: z.output<typeof CreatePurchaseLimit>): Promise<PurchaseLimit> {
    const { drugId = null, ingredientId = null, ...terms } = input;
    return this.uow.run(ctx, async (tx) => {
      const at = { branchId: ctx.branchId, userId: ctx.actor.userId };
      const limitId = await this.limits.insert(tx, at, { drugId, ingredientId }, filled(terms));
      return this.get(tx, ctx, limitId);
    });
  }

  /** Throws NotFound, StaleVersion, also for one that has ended. */
  update(
    ctx: RequestContext,
    limitId: number,
    { version, ...terms }: z.output<typeof UpdatePurchaseLimit>,
  ): Promise<PurchaseLimit> {
    return this.changing(ctx, limitId, (tx) =>
      this.limits.update(tx, ctx.branchId, limitId, version, filled(terms)),
    );
  }

  /** Throws NotFound, StaleVersion. */
  end(ctx: RequestContext, limitId: number, version: number): Promise<PurchaseLimit> {
    return this.changing(ctx, limitId, (tx) =>
      this.limits.end(tx, ctx.branchId, limitId, version, ctx.actor.userId),
    );
  }

  private changing(
    ctx: RequestContext,
    limitId: number,
    change: (tx: Tx) => Promise<boolean>,
  ): Promise<PurchaseLimit> {
    return this.uow.run(ctx, async (tx) => {
      const isChanged = await change(tx);
      const found = await this.limits.find(tx, ctx.branchId, limitId);
      if (!found) throw new NotFound('purchase limit');
      if (!isChanged) throw new StaleVersion('purchase limit');
      return found;
    });
  }

  private async get(tx: Tx, ctx: RequestContext, limitId: number): Promise<PurchaseLimit> {
    return required(await this.limits.find(tx, ctx.branchId, limitId), 'purchase limit');
  }
}

type TermsInput = { readonly [Key in keyof LimitTerms]?: LimitTerms[Key] | undefined } & Pick<
  LimitTerms,
  'idRequired' | 'reason'
>;

/** Terms with null for what was left out. */
const filled = (terms: TermsInput): LimitTerms => ({
  maxPerSale: terms.maxPerSale ?? null,
  maxPerPeriod: terms.maxPerPeriod ?? null,
  periodDays: terms.periodDays ?? null,
  minimumAge: terms.minimumAge ?? null,
  idRequired: terms.idRequired,
  reason: terms.reason,
});
