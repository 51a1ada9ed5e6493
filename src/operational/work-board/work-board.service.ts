import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden, NotFound, TemporarilyUnavailable } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Clock } from '../../platform/time/clock.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { BOARD_COLUMNS, kindsToTake, rightsOf, type BoardColumn } from './work-board.domain.js';
import { LeaseEnded, WorkTaken } from './work-board.errors.js';
import { WorkBoardRepository } from './work-board.repository.js';
import type { LeaseView, TakenView, TakeNext, WorkBoardView } from './work-board.schemas.js';
import type { Card, ChosenCard, ColumnRow, Lease } from './work-board.types.js';

type Column = z.output<typeof WorkBoardView>['columns'][number];
type Taken = z.output<typeof TakenView>;
type ShownLease = z.output<typeof LeaseView>;

/** How long a card stays with who took it without a word of him. */
const LEASE_MINUTES = 15;
/** How long a card that was passed over is not offered to the same user again. */
const SKIPPED_MINUTES = 30;
/** A card chosen may be taken by another who was a moment earlier; then the next one is chosen. */
const MOST_TRIES = 100;

/** What is to be done in the dispensary, and who does what of it. */
@Injectable()
export class WorkBoardService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly board: WorkBoardRepository,
    private readonly branches: BranchesService,
    private readonly clock: Clock,
  ) {}

  /** The five columns of the branch as of one moment. */
  view(ctx: RequestContext): Promise<z.output<typeof WorkBoardView>> {
    return this.uow.readOnce(ctx, async (tx) => {
      const asOf = this.clock.now().toISOString();
      const columns = await Promise.all(
        BOARD_COLUMNS.map(async (column) =>
          toColumn(column, await this.board.column(tx, ctx.branchId, column)),
        ),
      );
      return { asOf, columns };
    });
  }

  /**
   * The most urgent card of a column that nobody has, for the caller alone. One he has in hand is given again, for longer,
   * unless he says why he passes it over. Throws Forbidden where he may do nothing of the column.
   */
  takeNext(ctx: RequestContext, { column, skipReason }: z.output<typeof TakeNext>): Promise<Taken> {
    const { userId, permissions } = ctx.actor;
    const kinds = kindsToTake(column, permissions);
    if (kinds.length === 0)
      throw new Forbidden(`This needs one of the permissions ${rightsOf(column).join(', ')}.`, {
        missing: rightsOf(column),
      });
    return this.uow.run(ctx, async (tx) => {
      await this.board.lockUser(tx, userId);
      const { twoPersonRule } = await this.branches.settings(tx, ctx.branchId);
      const held = await this.inHand(tx, ctx, column, skipReason);
      if (held) return { card: held, wasHeld: true };
      const by = { kinds, userId, twoPersonRule, skippedMinutes: SKIPPED_MINUTES };
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const chosen = await this.board.lockNext(tx, ctx.branchId, column, by);
        if (!chosen) return { card: null, wasHeld: false };
        if (await this.insertLease(tx, ctx, column, chosen))
          return { card: await this.card(tx, ctx, column, chosen), wasHeld: false };
      }
      throw new TemporarilyUnavailable('Too many people take work at this moment. Try again.');
    });
  }

  /** Gives a card back to whoever takes it next. Throws NotFound, WorkTaken, LeaseEnded. */
  release(ctx: RequestContext, leaseId: number): Promise<ShownLease> {
    return this.uow.run(ctx, async (tx) => {
      const lease = await this.own(tx, ctx, leaseId);
      if (!(await this.board.end(tx, lease.leaseId, 'released', null))) throw new LeaseEnded();
      return toLease(await this.own(tx, ctx, leaseId));
    });
  }

  /**
   * Takes back what the caller gave away or passed over a moment ago. Throws NotFound, LeaseEnded where that is no moment ago or the
   * card moved on, WorkTaken where somebody else was quicker.
   */
  resume(ctx: RequestContext, leaseId: number): Promise<ShownLease> {
    return this.uow.run(ctx, async (tx) => {
      await this.board.lockUser(tx, ctx.actor.userId);
      const lease = await this.own(tx, ctx, leaseId);
      const isGivenAway = lease.outcome === 'released' || lease.outcome === 'skipped';
      if (!isGivenAway || !lease.isResumable) throw new LeaseEnded();
      await this.board.lockPrescription(tx, ctx.branchId, lease.prescriptionId);
      const held = await this.board.heldOf(tx, ctx.branchId, lease.prescriptionId);
      const holder = held.find(({ fillId }) => fillId === lease.fillId);
      if (holder) throw new WorkTaken(holder.userName);
      const again = await this.insertLease(tx, ctx, lease.column, { ...lease, status: lease.cardStatus });
      if (again === undefined) throw new LeaseEnded();
      return toLease(await this.own(tx, ctx, again));
    });
  }

  /** Who has a prescription or its fills in hand. */
  leases(ctx: RequestContext, prescriptionId: number): Promise<{ data: ShownLease[] }> {
    return this.uow.read(ctx, async (tx) => ({
      data: (await this.board.heldOf(tx, ctx.branchId, prescriptionId)).map(toLease),
    }));
  }

  /** The card the caller has in hand, kept for longer; undefined: he has none, or passes it over. */
  private async inHand(
    tx: Tx,
    ctx: RequestContext,
    column: BoardColumn,
    skipReason: string | undefined,
  ): Promise<Card | undefined> {
    const lease = await this.board.heldBy(tx, ctx.branchId, ctx.actor.userId, column);
    if (!lease) return undefined;
    const isThere = (await this.board.card(tx, ctx.branchId, column, lease)) !== undefined;
    if (isThere && skipReason === undefined) {
      await this.board.extend(tx, lease.leaseId, LEASE_MINUTES);
      return this.card(tx, ctx, column, lease);
    }
    // It left the column without a step of its own, such as by its date: there is nothing to pass over.
    if (isThere) await this.board.end(tx, lease.leaseId, 'skipped', skipReason ?? null);
    else await this.board.end(tx, lease.leaseId, 'released', null);
    return undefined;
  }

  private insertLease(
    tx: Tx,
    ctx: RequestContext,
    column: BoardColumn,
    card: ChosenCard,
  ): Promise<number | undefined> {
    return this.board.insertLease(tx, ctx.branchId, column, card, ctx.actor.userId, LEASE_MINUTES);
  }

  private async card(
    tx: Tx,
    ctx: RequestContext,
    column: BoardColumn,
    which: Pick<ChosenCard, 'prescriptionId' | 'fillId'>,
  ): Promise<Card> {
    const row = await this.board.card(tx, ctx.branchId, column, which);
    if (!row) throw new NotFound('card');
    return { ...row, column };
  }

  private async own(tx: Tx, ctx: RequestContext, leaseId: number): Promise<Lease> {
    const lease = await this.board.lease(tx, ctx.branchId, leaseId);
    if (!lease) throw new NotFound('lease');
    if (lease.userId !== ctx.actor.userId) throw new WorkTaken(lease.userName);
    return lease;
  }
}

function toColumn(column: BoardColumn, rows: readonly ColumnRow[]): Column {
  const [first] = rows;
  return {
    column,
    count: first?.count ?? 0,
    overdue: first?.overdue ?? 0,
    oldestSince: first?.oldestSince ?? null,
    nextPromisedAt: first?.nextPromisedAt ?? null,
    cards: rows.map(({ count: _c, overdue: _o, oldestSince: _s, nextPromisedAt: _n, ...card }) => ({
      ...card,
      column,
    })),
  };
}

const toLease = ({ cardStatus: _s, outcome: _o, isHeld: _h, isResumable: _r, ...shown }: Lease): ShownLease =>
  shown;
