import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { exactAmount } from '../../../platform/money/exact-amount.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { required } from '../required.js';
import './pricing.errors.js';
import { PromotionsRepository } from './promotions.repository.js';
import type { CreatePromotion, PromotionQuery, PromotionRow, UpdatePromotion } from './promotions.schemas.js';

type Input = z.output<typeof CreatePromotion>;

/** Keeps the promotions of a branch. One that was used is not changed: it is ended, and another made. */
@Injectable()
export class PromotionsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly promotions: PromotionsRepository,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof PromotionQuery>): Promise<Page<PromotionRow>> {
    const { page, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.promotions.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page, limit } };
    });
  }

  /** Throws NotFound. */
  getOne(ctx: RequestContext, promotionId: number): Promise<PromotionRow> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, promotionId));
  }

  /** Throws NotFound (product, category, company), Duplicate (target), AmountTooFine. */
  create(ctx: RequestContext, input: Input): Promise<PromotionRow> {
    return this.uow.run(ctx, async (tx) => {
      await this.assertExact(tx, ctx, input);
      const at = { branchId: ctx.branchId, userId: ctx.actor.userId };
      return this.get(tx, ctx, await this.promotions.insert(tx, at, input));
    });
  }

  /** Throws as create, and NotFound, StaleVersion, PromotionUsed. */
  update(
    ctx: RequestContext,
    promotionId: number,
    { version, promotion }: z.output<typeof UpdatePromotion>,
  ): Promise<PromotionRow> {
    return this.uow.run(ctx, async (tx) => {
      await this.assertExact(tx, ctx, promotion);
      return this.changed(tx, ctx, promotionId, () =>
        this.promotions.update(tx, ctx.branchId, promotionId, version, promotion),
      );
    });
  }

  /** Ends a promotion now: sales being made with it are refused once and priced again. Throws NotFound, StaleVersion, PromotionUsed (it has ended). */
  end(ctx: RequestContext, promotionId: number, version: number): Promise<PromotionRow> {
    return this.uow.run(ctx, (tx) =>
      this.changed(tx, ctx, promotionId, () =>
        this.promotions.end(tx, ctx.branchId, promotionId, version, ctx.actor.userId),
      ),
    );
  }

  private async changed(
    tx: Tx,
    ctx: RequestContext,
    promotionId: number,
    change: () => Promise<boolean>,
  ): Promise<PromotionRow> {
    const isChanged = await change();
    const found = await this.get(tx, ctx, promotionId);
    if (!isChanged) throw new StaleVersion('promotion');
    return found;
  }

  /** Amounts are of the currency of the branch. */
  private async assertExact(tx: Tx, ctx: RequestContext, input: Input): Promise<void> {
    const { currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
    if (input.kind === 'amount') exactAmount(input.amountOff, currencyDecimals);
    if (input.kind === 'bundle') exactAmount(input.bundlePrice, currencyDecimals);
  }

  private async get(tx: Tx, ctx: RequestContext, promotionId: number): Promise<PromotionRow> {
    return required(await this.promotions.find(tx, ctx.branchId, promotionId), 'promotion');
  }
}
