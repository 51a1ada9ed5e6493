import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden, InvalidTransition, NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { commandsOf } from './count-status.domain.js';
import { CyclePlanService } from './cycle-plan.service.js';
import {
  CountBelowReserved,
  CounterMayNotApprove,
  CountIncomplete,
  CountTooLarge,
  LotInOpenCount,
  NothingToCount,
} from './stock-counts.errors.js';
import { StockCountsRepository, type NewCount } from './stock-counts.repository.js';
import type {
  ApproveCount,
  AskRecount,
  CancelCount,
  CountQuery,
  LineQuery,
  StartCount,
  SubmitCount,
} from './stock-counts.schemas.js';
import type { CountCommand, CountLine, StockCount } from './stock-counts.types.js';

/** Lots one count takes: more is done by shelf, product or class, and each statement stays within its time. */
const MOST_LOTS = 10_000;

/** Counts of stock: what is counted, where they stand, who approves them. Entries: CountEntriesService. */
@Injectable()
export class StockCountsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counts: StockCountsRepository,
    private readonly plan: CyclePlanService,
  ) {}

  /** A page, newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof CountQuery>): Promise<Page<StockCount>> {
    return this.uow.read(ctx, async (tx) => {
      const [rows, total] = await this.counts.findPage(tx, ctx.branchId, isTold(ctx), query);
      const data = rows.map((row) => ({ ...row, commands: commandsOf(row.status) }));
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /**
   * A count with a page of its lines. What is expected is told to who approves, once the count is handed in, and to nobody before.
   * Throws NotFound, and Forbidden for the lines that differ before that.
   */
  findOne(
    ctx: RequestContext,
    countId: number,
    query: z.output<typeof LineQuery>,
  ): Promise<StockCount & { page: Page<CountLine> }> {
    return this.uow.read(ctx, async (tx) => {
      const count = await this.get(tx, ctx, countId);
      const tellsExpected = isTold(ctx) && count.status !== 'counting';
      if (query.state === 'difference' && !tellsExpected)
        throw new Forbidden('What differs is told to who approves, once the count is handed in.');
      const [data, total] = await this.counts.findLines(tx, ctx.branchId, countId, tellsExpected, query);
      return { ...count, page: { data, meta: { total, page: query.page, limit: query.limit } } };
    });
  }

  /**
   * Begins a count over the lots with stock of a shelf, of products, of a class, or all. Throws NothingToCount, CountTooLarge,
   * LotInOpenCount.
   */
  start(ctx: RequestContext, input: z.output<typeof StartCount>): Promise<StockCount> {
    return this.uow.run(ctx, async (tx) => {
      const count: NewCount = {
        scope: input.scope,
        bin: input.scope === 'bin' ? input.bin : null,
        abcClass: input.scope === 'abc' ? input.abcClass : null,
        note: input.note ?? null,
        drugIds: await this.drugsOf(tx, ctx, input),
      };
      const countIds = await this.counts.findOpenCounts(tx, ctx.branchId, count);
      if (countIds.length > 0) throw new LotInOpenCount({ countIds });
      const policy = await this.plan.policyOf(tx, ctx.branchId);
      const countId = await this.counts.insert(tx, ctx.branchId, count, policy, ctx.actor.userId);
      const lots = await this.counts.insertLines(tx, ctx.branchId, countId, count, MOST_LOTS);
      if (lots === 0) throw new NothingToCount();
      if (lots > MOST_LOTS) throw new CountTooLarge(MOST_LOTS);
      return this.get(tx, ctx, countId);
    });
  }

  /**
   * Asks for lines to be counted once more: those named, or all that differ by more than the limit. A count that was handed in is
   * counted again. Throws NotFound, InvalidTransition.
   */
  recount(ctx: RequestContext, countId: number, input: z.output<typeof AskRecount>): Promise<StockCount> {
    return this.uow.run(ctx, async (tx) => {
      const status = await this.open(tx, ctx, countId, 'recount');
      if (status === 'submitted') await this.counts.setStatus(tx, countId, 'counting', ctx.actor.userId);
      const asked = await this.counts.askRecount(tx, ctx.branchId, countId, input.countLineIds);
      if (asked === 0 || (input.countLineIds && asked !== new Set(input.countLineIds).size))
        throw new NotFound('counted line of this count');
      return this.get(tx, ctx, countId);
    });
  }

  /** Hands a count in. Throws NotFound, InvalidTransition, CountIncomplete. */
  submit(ctx: RequestContext, countId: number, input: z.output<typeof SubmitCount>): Promise<StockCount> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, countId, 'submit');
      if (input.leaveUncounted) await this.counts.leaveUncounted(tx, ctx.branchId, countId);
      const { lines, counted, left, toRecount } = await this.get(tx, ctx, countId);
      const uncounted = lines - counted - left;
      if (uncounted > 0 || toRecount > 0) throw new CountIncomplete({ uncounted, toRecount });
      await this.counts.setStatus(tx, countId, 'submitted', ctx.actor.userId);
      return this.get(tx, ctx, countId);
    });
  }

  /**
   * Posts what differs, each line once. Throws NotFound, InvalidTransition, CounterMayNotApprove, CountBelowReserved.
   */
  approve(ctx: RequestContext, countId: number, input: z.output<typeof ApproveCount>): Promise<StockCount> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, countId, 'approve');
      if (await this.counts.hasCounted(tx, countId, ctx.actor.userId)) throw new CounterMayNotApprove();
      const below = await this.counts.lockDiffering(tx, ctx.branchId, countId);
      if (below.length > 0) throw new CountBelowReserved(below);
      await this.counts.setStatus(tx, countId, 'approved', ctx.actor.userId, input.note ?? null);
      await this.counts.post(tx, ctx.branchId, countId);
      return this.get(tx, ctx, countId);
    });
  }

  /** Ends a count without posting anything. Throws NotFound, InvalidTransition. */
  cancel(
    ctx: RequestContext,
    countId: number,
    { reason }: z.output<typeof CancelCount>,
  ): Promise<StockCount> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, countId, 'cancel');
      await this.counts.setStatus(tx, countId, 'cancelled', ctx.actor.userId, reason);
      return this.get(tx, ctx, countId);
    });
  }

  private async drugsOf(
    tx: Tx,
    ctx: RequestContext,
    input: z.output<typeof StartCount>,
  ): Promise<readonly number[] | null> {
    if (input.scope === 'drugs') return input.drugIds;
    if (input.scope === 'abc') return this.plan.drugsOfClass(tx, ctx.branchId, input.abcClass);
    return null;
  }

  /** Locks the count and says where it stands. */
  private async open(
    tx: Tx,
    ctx: RequestContext,
    countId: number,
    command: CountCommand,
  ): Promise<StockCount['status']> {
    const status = await this.counts.lock(tx, ctx.branchId, countId);
    if (status === undefined) throw new NotFound('count');
    const allowed = commandsOf(status);
    if (!allowed.includes(command)) throw new InvalidTransition('count', status, command, allowed);
    return status;
  }

  private async get(tx: Tx, ctx: RequestContext, countId: number): Promise<StockCount> {
    const count = await this.counts.find(tx, ctx.branchId, isTold(ctx), countId);
    if (!count) throw new NotFound('count');
    return { ...count, commands: commandsOf(count.status) };
  }
}

/** Who approves may know what the book says. */
const isTold = (ctx: RequestContext): boolean => ctx.actor.permissions.has('ApproveStock');
