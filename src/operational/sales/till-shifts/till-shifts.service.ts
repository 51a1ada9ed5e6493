import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import { Money } from '../../../platform/money/money.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { NoOpenShift } from '../sales.errors.js';
import { countsToWrite, expectedByMethod, shiftReport } from './shift-report.domain.js';
import { ShiftClosed } from './till-shifts.errors.js';
import { TillShiftsRepository } from './till-shifts.repository.js';
import type { CashMovement, CloseShift, OpenShift } from './till-shifts.schemas.js';
import type { Report, Shift } from './till-shifts.types.js';

/** Till shifts: float, cash in and out, blind count, X and Z report. Another cashier's shift is not to be seen
 * without the permission Refund. */
@Injectable()
export class TillShiftsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly shifts: TillShiftsRepository,
  ) {}

  /** Opens the actor's shift; 409 `shift-already-open` when he has one at the branch. */
  open(ctx: RequestContext, input: z.output<typeof OpenShift>): Promise<Shift> {
    return this.uow.run(ctx, async (tx) => {
      const id = await this.shifts.insert(tx, ctx.branchId, ctx.actor.userId, input.openingFloat);
      return this.get(tx, ctx, id);
    });
  }

  /** The actor's open shift at the branch; 404 when there is none. */
  current(ctx: RequestContext): Promise<Shift> {
    return this.uow.read(ctx, async (tx) => {
      const shift = await this.shifts.findOpen(tx, ctx.branchId, ctx.actor.userId);
      if (!shift) throw new NotFound('open till shift');
      return shown(shift);
    });
  }

  /**
   * The open shift a sale of before belongs to: the one it was sold in where that is open still, else the actor's own; null when there is
   * neither.
   */
  async shiftFor(
    tx: Tx,
    ctx: RequestContext,
    sold: { readonly shiftId: number | null; readonly soldBy: number },
  ): Promise<number | null> {
    const then = sold.shiftId === null ? undefined : await this.shifts.find(tx, ctx.branchId, sold.shiftId);
    if (then?.status === 'open' && then.userId === sold.soldBy) return then.shiftId;
    return (await this.shifts.findOpen(tx, ctx.branchId, ctx.actor.userId))?.shiftId ?? null;
  }

  /** Cash in a drawer without a sale, in the transaction of another command; answers the movement. Throws NoOpenShift where there is no drawer. */
  async payIn(
    tx: Tx,
    ctx: RequestContext,
    shiftId: number | null,
    movement: { readonly amount: string; readonly reason: string },
  ): Promise<number> {
    if (shiftId === null) throw new NoOpenShift();
    return this.shifts.insertCashMovement(tx, ctx.branchId, shiftId, {
      ...movement,
      userId: ctx.actor.userId,
    });
  }

  /** Puts cash into the drawer, or takes it out when `direction` says so; 409 `shift-closed`. */
  moveCash(
    ctx: RequestContext,
    shiftId: number,
    direction: 'in' | 'out',
    input: z.output<typeof CashMovement>,
  ): Promise<Shift> {
    const amount = Money.of(input.amount);
    return this.uow.run(ctx, async (tx) => {
      const shift = await this.get(tx, ctx, shiftId);
      if (shift.status === 'closed') throw new ShiftClosed();
      await this.shifts.insertCashMovement(tx, ctx.branchId, shiftId, {
        amount: (direction === 'in' ? amount : amount.negated()).toString(),
        reason: input.reason,
        userId: ctx.actor.userId,
      });
      return shift;
    });
  }

  /** Closes the shift on a blind count: what was expected is reckoned here, with the shift locked. 409 `shift-closed`. */
  close(ctx: RequestContext, shiftId: number, input: z.output<typeof CloseShift>): Promise<Report> {
    return this.uow.run(ctx, async (tx) => {
      const locked = await this.shifts.lock(tx, ctx.branchId, shiftId, ownOnly(ctx));
      if (!locked) throw new NotFound('till shift');
      if (locked.status === 'closed') throw new ShiftClosed();
      const shift = await this.get(tx, ctx, shiftId);
      const expected = expectedByMethod(
        shift.openingFloat,
        await this.shifts.findTenders(tx, shiftId),
        await this.shifts.findCashMovements(tx, shiftId),
      );
      const counted = new Map(input.counts.map((count) => [count.method, count.counted] as const));
      await this.shifts.insertCounts(tx, ctx.branchId, shiftId, countsToWrite(counted, expected));
      await this.shifts.close(tx, shiftId, ctx.actor.userId);
      return this.reportOf(tx, ctx, shiftId);
    });
  }

  /** X report of an open shift, Z report of a closed one. */
  report(ctx: RequestContext, shiftId: number): Promise<Report> {
    return this.uow.read(ctx, (tx) => this.reportOf(tx, ctx, shiftId));
  }

  private async get(tx: Tx, ctx: RequestContext, shiftId: number): Promise<Shift> {
    const shift = await this.shifts.find(tx, ctx.branchId, shiftId, ownOnly(ctx));
    if (!shift) throw new NotFound('till shift');
    return shown(shift);
  }

  private async reportOf(tx: Tx, ctx: RequestContext, shiftId: number): Promise<Report> {
    return shiftReport(
      await this.get(tx, ctx, shiftId),
      await this.shifts.countSales(tx, shiftId),
      await this.shifts.findTenders(tx, shiftId),
      await this.shifts.findCashMovements(tx, shiftId),
      await this.shifts.findCounts(tx, shiftId),
    );
  }
}

const ownOnly = (ctx: RequestContext): number | undefined =>
  ctx.actor.permissions.has('Refund') ? undefined : ctx.actor.userId;

const shown = (shift: Shift): Shift => ({ ...shift, openingFloat: Money.of(shift.openingFloat).toString() });
