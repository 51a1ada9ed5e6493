import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  InvalidTransition,
  NotFound,
  RuleViolation,
  StaleVersion,
} from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { InsufficientStock } from './inventory.errors.js';
import { LotsRepository } from './lots.repository.js';
import type { Lot, LotStatus } from './lots.types.js';
import { ShelvesRepository, type Bin } from './shelves.repository.js';
import type { BinQuery, MoveLot, SplitLot } from './shelves.schemas.js';

/** What may be divided: what is called back or expired stays together until it is destroyed. */
const DIVISIBLE: readonly LotStatus[] = ['available', 'quarantined', 'on_hold'];

/** Where lots lie, and lots divided. */
@Injectable()
export class ShelvesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly shelves: ShelvesRepository,
    private readonly lots: LotsRepository,
  ) {}

  findBins(ctx: RequestContext, { q, page, limit }: z.output<typeof BinQuery>): Promise<Page<Bin>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.shelves.findBins(tx, ctx.branchId, q, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  /** Says where a lot lies. Throws NotFound, StaleVersion. */
  move(ctx: RequestContext, lotId: number, { version, bin }: z.output<typeof MoveLot>): Promise<Lot> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.lots.find(tx, ctx.branchId, lotId))) throw new NotFound('lot');
      if (!(await this.shelves.moveLot(tx, ctx.branchId, lotId, version, bin))) throw new StaleVersion('lot');
      const lot = await this.lots.find(tx, ctx.branchId, lotId);
      if (!lot) throw new NotFound('lot');
      return lot;
    });
  }

  /**
   * Makes part of a lot a lot of its own, of the same number and cost: set aside, or repacked with an earlier expiry. Two rows of the ledger,
   * nothing is won or lost. Throws NotFound, InvalidTransition, RuleViolation, InsufficientStock.
   */
  split(ctx: RequestContext, input: z.output<typeof SplitLot>): Promise<{ from: Lot; to: Lot }> {
    const { lotId, reason } = input;
    const quantity = Quantity.of(input.quantity).toString();
    return this.uow.run(ctx, async (tx) => {
      const locked = await this.shelves.lockLot(tx, ctx.branchId, lotId);
      if (!locked) throw new NotFound('lot');
      if (!DIVISIBLE.includes(locked.status)) throw new InvalidTransition('lot', locked.status, 'split', []);
      const expiryDate = input.expiryDate ?? locked.expiryDate;
      assertPart(locked, { status: input.status, expiryDate });
      const before = await this.get(tx, ctx, lotId);
      const free = Quantity.of(before.quantity).minus(Quantity.of(before.quantityReserved));
      if (free.compare(Quantity.of(quantity)) < 0)
        throw new InsufficientStock({
          drugId: before.drugId,
          requested: quantity,
          available: free.toString(),
        });
      const part = { status: input.status, expiryDate, bin: input.bin ?? null };
      const toLotId = await this.shelves.partOf(tx, ctx.branchId, lotId, part, reason);
      await this.shelves.repack(tx, ctx.branchId, lotId, toLotId, quantity, reason);
      return { from: await this.get(tx, ctx, lotId), to: await this.get(tx, ctx, toLotId) };
    });
  }

  private async get(
    tx: Parameters<LotsRepository['find']>[0],
    ctx: RequestContext,
    lotId: number,
  ): Promise<Lot> {
    const lot = await this.lots.find(tx, ctx.branchId, lotId);
    if (!lot) throw new NotFound('lot');
    return lot;
  }
}

/** A part differs from its lot, never expires later, and is given free only from a lot that is. */
function assertPart(
  lot: { readonly status: LotStatus; readonly expiryDate: string | null },
  part: { readonly status: LotStatus; readonly expiryDate: string | null },
): void {
  const refuse = (pointer: string, detail: string): never => {
    throw new RuleViolation('A lot is not divided like this.', {}, [{ pointer, detail }]);
  };
  if (lot.expiryDate !== null && (part.expiryDate === null || part.expiryDate > lot.expiryDate))
    refuse('/expiryDate', 'must not be later than that of the lot');
  if (part.status === 'available' && lot.status !== 'available')
    refuse('/status', 'must be set aside, as the lot is: it is released by who has judged it');
  if (part.status === lot.status && part.expiryDate === lot.expiryDate)
    refuse('/status', 'must be another, or the expiry earlier');
}
