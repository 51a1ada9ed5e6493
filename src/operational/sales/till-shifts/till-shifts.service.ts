import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Forbidden, NotFound } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Money } from '../../../platform/money/money.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { WitnessService } from '../../auth/witness/witness.service.js';
import { NoOpenShift } from '../sales.errors.js';
import { floatOf } from './pieces.domain.js';
import { renderShiftReport } from './shift-paper.domain.js';
import { DrawerNotCounted, ShiftClosed } from './till-shifts.errors.js';
import { TillShiftsRepository, type Counted, type Denomination } from './till-shifts.repository.js';
import type {
  CashDrop,
  CashMovement,
  CloseShift,
  CountDrawer,
  OpenShift,
  ReportQuery,
  ShiftQuery,
} from './till-shifts.schemas.js';
import type { DrawerView, Report, Shift, ShiftRow } from './till-shifts.types.js';

/** Till shifts: float, cash in and out, drops, blind counts, X and Z reports. Another cashier's shift is not to be seen without the
 * permission SuperviseTill, and nobody without it is told what an open drawer should hold. */
@Injectable()
export class TillShiftsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly shifts: TillShiftsRepository,
    private readonly branches: BranchesService,
    private readonly witnesses: WitnessService,
  ) {}

  /**
   * Opens the actor's shift with an amount, notes and coins, or both; 409 `shift-already-open` when he has one at the branch,
   * 422 `pieces-mismatch`, `unknown-denomination`.
   */
  open(ctx: RequestContext, input: z.output<typeof OpenShift>): Promise<Shift> {
    const pieces = input.pieces ?? [];
    const cash = input.openingFloat ?? floatOf(pieces);
    return this.uow.run(ctx, async (tx) => {
      const id = await this.shifts.insert(tx, ctx.branchId, ctx.actor.userId, cash);
      if (pieces.length > 0)
        await this.shifts.insertCount(tx, ctx.branchId, id, { ...NOTHING, cash, pieces }, true);
      return this.get(tx, ctx, id);
    });
  }

  /** The actor's open shift at the branch; 404 when there is none. */
  current(ctx: RequestContext): Promise<Shift> {
    return this.uow.read(ctx, async (tx) => {
      const shift = await this.shifts.findOpen(tx, ctx.branchId, ctx.actor.userId);
      if (!shift) throw new NotFound('open till shift');
      return shift;
    });
  }

  /** A shift with what was moved and counted, and nothing of what is expected. */
  drawer(ctx: RequestContext, shiftId: number): Promise<DrawerView> {
    return this.uow.read(ctx, (tx) => this.drawerOf(tx, ctx, shiftId));
  }

  /** Shifts of the branch; figures stand with those that are closed. */
  findPage(ctx: RequestContext, query: z.output<typeof ShiftQuery>): Promise<Page<ShiftRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.shifts.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
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
      ...{ userId: ctx.actor.userId, bagNumber: null, witnessId: null },
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
    return this.moving(ctx, shiftId, () =>
      Promise.resolve({
        amount: (direction === 'in' ? amount : amount.negated()).toString(),
        reason: input.reason,
        bagNumber: null,
        witnessId: null,
      }),
    );
  }

  /** Takes cash out of the drawer into the safe, with a bag or somebody who saw it; 409 `shift-closed`, 422 `witness-refused`. */
  drop(ctx: RequestContext, shiftId: number, input: z.output<typeof CashDrop>): Promise<Shift> {
    return this.moving(ctx, shiftId, async (tx) => ({
      amount: Money.of(input.amount).negated().toString(),
      reason: input.reason ?? 'drop',
      bagNumber: input.bagNumber ?? null,
      witnessId: input.witness === undefined ? null : await this.witnesses.use(tx, ctx, input.witness),
    }));
  }

  /**
   * Writes down what was counted, blind. A second count needs a reason and is the last; what is sold or moved meanwhile makes both void.
   * 409 `shift-closed`, `recount-used`; 422 `recount-reason-needed`, `pieces-mismatch`, `unknown-denomination`.
   */
  count(ctx: RequestContext, shiftId: number, input: z.output<typeof CountDrawer>): Promise<DrawerView> {
    return this.uow.run(ctx, async (tx) => {
      await this.lockOpen(tx, ctx, shiftId);
      await this.shifts.insertCount(tx, ctx.branchId, shiftId, countedOf(input.counts, input.recountReason));
      return this.drawerOf(tx, ctx, shiftId);
    });
  }

  /**
   * Closes the shift on the count given or on the one that stands: what was expected is reckoned here, with the shift locked, and
   * the Z report is written with it. 409 `shift-closed`, `drawer-not-counted`, and those of `count`.
   */
  close(ctx: RequestContext, shiftId: number, input: z.output<typeof CloseShift>): Promise<Report> {
    return this.uow.run(ctx, async (tx) => {
      await this.lockOpen(tx, ctx, shiftId);
      if (input.counts)
        await this.shifts.insertCount(
          tx,
          ctx.branchId,
          shiftId,
          countedOf(input.counts, input.recountReason),
        );
      const [standing] = await this.shifts.findStandingCounts(tx, shiftId);
      if (!standing) throw new DrawerNotCounted();
      await this.shifts.insertCounts(tx, ctx.branchId, shiftId, standing.countNo);
      await this.shifts.close(tx, shiftId, ctx.actor.userId);
      return this.shifts.findReport(tx, ctx.branchId, shiftId);
    });
  }

  /** Z report of a closed shift; X report of an open one, for who supervises the till (403 for others). */
  report(ctx: RequestContext, shiftId: number): Promise<Report> {
    return this.uow.read(ctx, (tx) => this.reportOf(tx, ctx, shiftId));
  }

  /** The same as a page to print. */
  reportPage(ctx: RequestContext, shiftId: number, query: z.output<typeof ReportQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const report = await this.reportOf(tx, ctx, shiftId);
      return renderShiftReport(report, await this.branches.settings(tx, ctx.branchId), query);
    });
  }

  /** Notes and coins that are counted at the branch. */
  denominations(ctx: RequestContext): Promise<{ data: Denomination[] }> {
    return this.uow.read(ctx, async (tx) => ({
      data: await this.shifts.findDenominations(tx, ctx.branchId),
    }));
  }

  /** Says which notes and coins the currency of the branch has, at every branch of that currency. */
  setDenominations(
    ctx: RequestContext,
    { data }: { data: readonly Denomination[] },
  ): Promise<{ data: Denomination[] }> {
    return this.uow.run(ctx, async (tx) => {
      await this.shifts.replaceDenominations(tx, ctx.branchId, data);
      return { data: await this.shifts.findDenominations(tx, ctx.branchId) };
    });
  }

  private moving(
    ctx: RequestContext,
    shiftId: number,
    movementOf: (
      tx: Tx,
    ) => Promise<{ amount: string; reason: string; bagNumber: string | null; witnessId: number | null }>,
  ): Promise<Shift> {
    return this.uow.run(ctx, async (tx) => {
      const shift = await this.get(tx, ctx, shiftId);
      if (shift.status === 'closed') throw new ShiftClosed();
      const movement = await movementOf(tx);
      await this.shifts.insertCashMovement(tx, ctx.branchId, shiftId, {
        ...movement,
        userId: ctx.actor.userId,
      });
      return shift;
    });
  }

  private async lockOpen(tx: Tx, ctx: RequestContext, shiftId: number): Promise<void> {
    const locked = await this.shifts.lock(tx, ctx.branchId, shiftId, ownOnly(ctx));
    if (!locked) throw new NotFound('till shift');
    if (locked.status === 'closed') throw new ShiftClosed();
  }

  private async get(tx: Tx, ctx: RequestContext, shiftId: number): Promise<Shift> {
    const shift = await this.shifts.find(tx, ctx.branchId, shiftId, ownOnly(ctx));
    if (!shift) throw new NotFound('till shift');
    return shift;
  }

  private async drawerOf(tx: Tx, ctx: RequestContext, shiftId: number): Promise<DrawerView> {
    const shift = await this.get(tx, ctx, shiftId);
    const standing = shift.status === 'open' ? await this.shifts.findStandingCounts(tx, shiftId) : [];
    return {
      ...shift,
      cashMovements: await this.shifts.findCashMovements(tx, shiftId),
      count: standing[0] ?? null,
      mayRecount: standing.length === 1,
    };
  }

  private async reportOf(tx: Tx, ctx: RequestContext, shiftId: number): Promise<Report> {
    const shift = await this.get(tx, ctx, shiftId);
    if (shift.status === 'open' && !supervises(ctx))
      throw new Forbidden('What an open drawer should hold is shown to who supervises the till.', {
        missing: ['SuperviseTill'],
      });
    return this.shifts.findReport(tx, ctx.branchId, shiftId);
  }
}

const NOTHING: Counted = {
  cash: undefined,
  card: undefined,
  mobile: undefined,
  pieces: [],
  recountReason: undefined,
};

function countedOf(
  counts: z.output<typeof CountDrawer>['counts'],
  recountReason: string | undefined,
): Counted {
  const of = (method: string) => counts.find((count) => count.method === method);
  const cash = of('cash');
  return {
    cash: cash?.counted,
    card: of('card')?.counted,
    mobile: of('mobile')?.counted,
    pieces: cash?.pieces ?? [],
    recountReason,
  };
}

const supervises = (ctx: RequestContext): boolean => ctx.actor.permissions.has('SuperviseTill');

const ownOnly = (ctx: RequestContext): number | undefined => (supervises(ctx) ? undefined : ctx.actor.userId);
