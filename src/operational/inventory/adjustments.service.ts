import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { needsAnother } from './adjustment.domain.js';
import { AdjustmentsRepository } from './adjustments.repository.js';
import type { AdjustmentQuery, CloseAdjustment } from './adjustments.schemas.js';
import type { Adjustment } from './adjustments.types.js';
import { AnotherApproves } from './inventory.errors.js';
import type { AdjustLot } from './inventory.schemas.js';
import { LotsRepository } from './lots.repository.js';
import type { Lot } from './lots.types.js';

/** A correction as it stands: posted, or waiting for another person. */
export interface AdjustmentAsked {
  readonly movementId: number | null;
  readonly adjustmentId: number | null;
  readonly isPending: boolean;
  readonly quantity: string;
  readonly lot: Lot;
}

/** Corrections of lots, and those that wait for another person. */
@Injectable()
export class AdjustmentsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly adjustments: AdjustmentsRepository,
    private readonly lots: LotsRepository,
  ) {}

  /**
   * Corrects a lot by a signed quantity with a reason, and the movement it corrects where there is one. What is worth more than the branch
   * allows one person, or takes from stock that is set aside, waits for another, and nothing moves. Throws NotFound, StockSetAside,
   * InsufficientStock when it would go below what is free.
   */
  adjust(ctx: RequestContext, input: z.output<typeof AdjustLot>): Promise<AdjustmentAsked> {
    const { lotId, reasonCode = 'other', reason, correctsMovementId = null } = input;
    const quantity = Quantity.of(input.quantity).toString();
    return this.uow.run(ctx, async (tx) => {
      const facts = await this.adjustments.facts(tx, ctx.branchId, lotId, quantity);
      if (!facts) throw new NotFound('lot');
      const asked = { lotId, quantity, reasonCode, reason, correctsMovementId };
      const isPending = needsAnother({ ...facts, quantity, reasonCode });
      const adjustmentId = isPending
        ? await this.adjustments.insert(tx, ctx.branchId, asked, ctx.actor.userId)
        : null;
      const movementId = isPending ? null : await this.lots.insertAdjustment(tx, ctx.branchId, asked);
      const lot = await this.lots.find(tx, ctx.branchId, lotId);
      if (!lot) throw new NotFound('lot');
      return { movementId, adjustmentId, isPending, quantity, lot };
    });
  }

  /** A page of those that wait or waited, newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof AdjustmentQuery>): Promise<Page<Adjustment>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.adjustments.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Posts what somebody else asked for. Throws NotFound, InvalidTransition, AnotherApproves, StockSetAside, InsufficientStock. */
  approve(
    ctx: RequestContext,
    adjustmentId: number,
    { note }: z.output<typeof CloseAdjustment>,
  ): Promise<Adjustment> {
    return this.uow.run(ctx, async (tx) => {
      if ((await this.open(tx, ctx, adjustmentId, 'approve')) === ctx.actor.userId)
        throw new AnotherApproves();
      const movementId = await this.adjustments.post(tx, adjustmentId);
      const end = { status: 'approved', movementId, note: note ?? null } as const;
      await this.adjustments.close(tx, adjustmentId, end, ctx.actor.userId);
      return this.get(tx, ctx, adjustmentId);
    });
  }

  /** Nothing moves; who asked for it may take it back this way too. Throws NotFound, InvalidTransition. */
  reject(
    ctx: RequestContext,
    adjustmentId: number,
    { note }: z.output<typeof CloseAdjustment>,
  ): Promise<Adjustment> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, adjustmentId, 'reject');
      const end = { status: 'rejected', movementId: null, note: note ?? null } as const;
      await this.adjustments.close(tx, adjustmentId, end, ctx.actor.userId);
      return this.get(tx, ctx, adjustmentId);
    });
  }

  /** Locks a correction that waits and answers who asked for it. */
  private async open(tx: Tx, ctx: RequestContext, adjustmentId: number, command: string): Promise<number> {
    const found = await this.adjustments.lock(tx, ctx.branchId, adjustmentId);
    if (!found) throw new NotFound('correction');
    if (found.status !== 'pending') throw new InvalidTransition('correction', found.status, command, []);
    return found.requestedById;
  }

  private async get(tx: Tx, ctx: RequestContext, adjustmentId: number): Promise<Adjustment> {
    const found = await this.adjustments.find(tx, ctx.branchId, adjustmentId);
    if (!found) throw new NotFound('correction');
    return found;
  }
}
