import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { StepUpService } from '../auth/step-up/step-up.service.js';
import { WitnessService } from '../auth/witness/witness.service.js';
import { DestructionsRepository, type ToDestroy } from './destructions.repository.js';
import type { CancelDestruction, DestroyLot, DestructionQuery } from './destructions.schemas.js';
import type { Destruction, DestructionStatus } from './destructions.types.js';
import { printDestruction } from './destruction-print.domain.js';
import { InsufficientStock } from './inventory.errors.js';
import { LotsRepository } from './lots.repository.js';

/** What a destruction that ended can still become: nothing. */
const NEXT: Readonly<Record<DestructionStatus, readonly string[]>> = {
  pending: ['witness', 'cancel'],
  destroyed: [],
  cancelled: [],
};

/** Destroys stock, of any lot whatever its status; controlled products before a second person. */
@Injectable()
export class DestructionsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly destructions: DestructionsRepository,
    private readonly lots: LotsRepository,
    private readonly branches: BranchesService,
    private readonly witnesses: WitnessService,
    private readonly stepUps: StepUpService,
  ) {}

  /** A page, newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof DestructionQuery>): Promise<Page<Destruction>> {
    const { page, limit, status } = query;
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.destructions.findPage(tx, ctx.branchId, status, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  /**
   * Takes a quantity of a lot out of stock for good. What needs a second person, and comes without his signature, waits for it:
   * nothing leaves before. Throws NotFound, InsufficientStock for more than is free in the lot, WitnessRefused.
   */
  destroy(ctx: RequestContext, input: z.output<typeof DestroyLot>): Promise<Destruction> {
    return this.uow.run(ctx, async (tx) => {
      const lot = await this.lots.find(tx, ctx.branchId, input.lotId);
      if (!lot) throw new NotFound('lot');
      const quantity = Quantity.of(input.quantity);
      const free = Quantity.of(lot.quantity).minus(Quantity.of(lot.quantityReserved));
      if (quantity.compare(free) > 0)
        throw new InsufficientStock({
          drugId: lot.drugId,
          requested: quantity.toString(),
          available: free.toString(),
        });
      const what: ToDestroy = {
        lotId: lot.lotId,
        quantity: quantity.toString(),
        reason: input.reason,
        note: input.note ?? null,
        requestedById: ctx.actor.userId,
      };
      const needed = await this.destructions.twoPersonDrugs(tx, ctx.branchId, [lot.drugId]);
      const witnessId = input.witness && (await this.witnesses.use(tx, ctx, input.witness));
      const isDone = needed.length === 0 || witnessId !== undefined;
      const movementId = isDone
        ? await this.destructions.insertMovement(tx, ctx.branchId, what, witnessId || undefined)
        : undefined;
      return this.get(tx, ctx, await this.destructions.insert(tx, ctx.branchId, what, movementId));
    });
  }

  /**
   * The second person saw it: it leaves stock now. He is somebody else than who entered it, and gives his password
   * (`stepUp`). Throws NotFound, InvalidTransition, WitnessRefused, StepUpRequired, InsufficientStock.
   */
  witness(ctx: RequestContext, destructionId: number, stepUp: string): Promise<Destruction> {
    return this.uow.run(ctx, async (tx) => {
      const what = await this.open(tx, ctx, destructionId, 'witness');
      this.witnesses.assertOther(ctx, what.requestedById);
      await this.stepUps.use(tx, ctx, stepUp);
      const movementId = await this.destructions.insertMovement(tx, ctx.branchId, what, ctx.actor.userId);
      await this.destructions.close(tx, destructionId, { movementId }, ctx.actor.userId);
      return this.get(tx, ctx, destructionId);
    });
  }

  /** It is not destroyed after all; nothing had left. Throws NotFound, InvalidTransition. */
  cancel(
    ctx: RequestContext,
    destructionId: number,
    { reason }: z.output<typeof CancelDestruction>,
  ): Promise<Destruction> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, destructionId, 'cancel');
      await this.destructions.close(tx, destructionId, { cancelReason: reason }, ctx.actor.userId);
      return this.get(tx, ctx, destructionId);
    });
  }

  /** The record of destruction as a page to print and sign. Throws NotFound. */
  record(ctx: RequestContext, destructionId: number): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const found = await this.get(tx, ctx, destructionId);
      return printDestruction(found, await this.branches.settings(tx, ctx.branchId));
    });
  }

  private async open(
    tx: Tx,
    ctx: RequestContext,
    destructionId: number,
    command: 'witness' | 'cancel',
  ): Promise<ToDestroy> {
    const found = await this.destructions.lock(tx, ctx.branchId, destructionId);
    if (!found) throw new NotFound('destruction');
    const { status, ...what } = found;
    if (!NEXT[status].includes(command))
      throw new InvalidTransition('destruction', status, command, NEXT[status]);
    return what;
  }

  private async get(tx: Tx, ctx: RequestContext, destructionId: number): Promise<Destruction> {
    const found = await this.destructions.find(tx, ctx.branchId, destructionId);
    if (!found) throw new NotFound('destruction');
    return found;
  }
}
