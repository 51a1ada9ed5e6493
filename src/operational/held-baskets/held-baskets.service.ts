import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { HeldBasketGone } from './held-baskets.errors.js';
import { HeldBasketsRepository } from './held-baskets.repository.js';
import type { HeldBasket, HeldBasketQuery, HeldBasketRow, HoldBasket } from './held-baskets.schemas.js';

/** Baskets set aside until the customer is back. They keep no stock; any till of the branch resumes one, once. */
@Injectable()
export class HeldBasketsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly baskets: HeldBasketsRepository,
  ) {}

  /** Those that wait, the newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof HeldBasketQuery>): Promise<Page<HeldBasketRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.baskets.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws TooManyHeldBaskets, NotFound (a patient of another branch). */
  hold(ctx: RequestContext, input: z.output<typeof HoldBasket>): Promise<HeldBasket> {
    const { label = null, patientId = null, lines, total } = input;
    return this.uow.run(ctx, async (tx) =>
      this.get(tx, ctx, await this.baskets.insert(tx, ctx.branchId, { label, patientId, lines, total })),
    );
  }

  /** Takes it into this till. Throws NotFound, HeldBasketGone: another till was faster, or its time is over. */
  resume(ctx: RequestContext, heldBasketId: number): Promise<HeldBasket> {
    return this.move(ctx, heldBasketId, 'held', 'resumed');
  }

  /** Throws NotFound, HeldBasketGone. */
  discard(ctx: RequestContext, heldBasketId: number): Promise<HeldBasket> {
    return this.move(ctx, heldBasketId, 'held', 'discarded');
  }

  /** Undoes a discard while its time lasts. Throws NotFound, HeldBasketGone, TooManyHeldBaskets. */
  restore(ctx: RequestContext, heldBasketId: number): Promise<HeldBasket> {
    return this.move(ctx, heldBasketId, 'discarded', 'held');
  }

  private move(
    ctx: RequestContext,
    heldBasketId: number,
    from: HeldBasket['status'],
    to: HeldBasket['status'],
  ): Promise<HeldBasket> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.baskets.move(tx, ctx.branchId, heldBasketId, from, to))) {
        const { status } = await this.get(tx, ctx, heldBasketId);
        throw new HeldBasketGone({ status });
      }
      return this.get(tx, ctx, heldBasketId);
    });
  }

  private async get(tx: Tx, ctx: RequestContext, heldBasketId: number): Promise<HeldBasket> {
    const found = await this.baskets.find(tx, ctx.branchId, heldBasketId);
    if (!found) throw new NotFound('held basket');
    return found;
  }
}
