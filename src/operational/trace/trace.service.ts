import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Clock } from '../../platform/time/clock.js';
import { epcisDocument } from './epcis.domain.js';
import { offlineCounter, type OfflineCounter } from './offline.domain.js';
import { faultsOf } from './trace-batch.domain.js';
import { traceCsv } from './trace-csv.domain.js';
import { AlreadyCorrected, NothingPending, TraceBatchInvalid, TraceOff } from './trace.errors.js';
import { TraceRepository, type Waiting } from './trace.repository.js';
import type {
  AcceptBatch,
  BatchQuery,
  DscsaQuery,
  EventQuery,
  MakeBatch,
  RejectBatch,
  SavePolicy,
} from './trace.schemas.js';
import type { DscsaStatement, ListedEvent, TraceBatch, TracePolicy } from './trace.types.js';

/** Events of one batch: a file that opens in any program. */
const MAX_BATCH = 10_000;

/** What a branch asks that never said anything. */
const NO_POLICY: TracePolicy = {
  format: 'none',
  gln: null,
  demandKnown: false,
  demandScan: false,
  deadlineHours: 48,
  warnHours: 36,
  stopWhenLate: false,
  version: 0,
};

/** A batch, and what is possible with it. */
export interface BatchWithCommands extends TraceBatch {
  readonly commands: readonly ('accept' | 'reject')[];
}

/** How the branch stands with what it must tell. */
export interface TraceStanding extends OfflineCounter, Waiting {
  readonly format: TracePolicy['format'];
  readonly isStopped: boolean;
  readonly warnHours: number;
  readonly deadlineHours: number;
}

/** Events of packs, given out in batches, and what is asked of them. */
@Injectable()
export class TraceService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly trace: TraceRepository,
    private readonly clock: Clock,
  ) {}

  /** Events, newest first; `nextCursor` is null on the last page. */
  findEvents(
    ctx: RequestContext,
    query: z.output<typeof EventQuery>,
  ): Promise<{ data: ListedEvent[]; nextCursor: string | null }> {
    return this.uow.read(ctx, async (tx) => {
      const data = await this.trace.findEvents(tx, ctx.branchId, query);
      const last = data.length === query.limit ? data.at(-1) : undefined;
      return { data, nextCursor: last ? String(last.traceEventId) : null };
    });
  }

  /**
   * Declares an event an error, once; the correction goes out as an event of its own. Stock and packs stay as they are. Throws NotFound,
   * AlreadyCorrected.
   */
  correct(ctx: RequestContext, traceEventId: number, reason: string): Promise<ListedEvent> {
    return this.uow.run(ctx, async (tx) => {
      const event = await this.event(tx, ctx, traceEventId);
      if (event.kind === 'correction' || event.isCorrected) throw new AlreadyCorrected();
      return this.event(tx, ctx, await this.trace.insertCorrection(tx, ctx.branchId, traceEventId, reason));
    });
  }

  /**
   * Gives out what waits, oldest first, at most ten thousand events: all of them or, where one is not in order, none. Throws TraceOff,
   * NothingPending, TraceBatchInvalid.
   */
  makeBatch(ctx: RequestContext, { leaveOut }: z.output<typeof MakeBatch>): Promise<BatchWithCommands> {
    return this.uow.run(ctx, async (tx) => {
      const { format } = await this.policyOf(tx, ctx);
      if (format === 'none') throw new TraceOff();
      await this.trace.queue(tx, ctx.branchId);
      const events = await this.trace.findPending(tx, ctx.branchId, format, leaveOut, MAX_BATCH);
      if (events.length === 0) throw new NothingPending();
      const corrected = events.flatMap(({ correctsEventId }) => correctsEventId ?? []);
      const faults = faultsOf(events, format, await this.trace.givenOut(tx, corrected));
      if (faults.length > 0) throw new TraceBatchInvalid(faults);
      const ids = events.map(({ traceEventId }) => traceEventId);
      return this.batch(tx, ctx, await this.trace.insertBatch(tx, ctx.branchId, format, ids));
    });
  }

  findBatches(ctx: RequestContext, query: z.output<typeof BatchQuery>): Promise<Page<TraceBatch>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.trace.findBatches(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  getBatch(ctx: RequestContext, traceBatchId: number): Promise<BatchWithCommands> {
    return this.uow.read(ctx, (tx) => this.batch(tx, ctx, traceBatchId));
  }

  /** A batch as a file: the same each time, since its events never change. Throws NotFound. */
  file(ctx: RequestContext, traceBatchId: number, format: 'csv' | 'epcis'): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const batch = await this.batch(tx, ctx, traceBatchId);
      const events = await this.trace.batchEvents(tx, traceBatchId);
      return format === 'csv'
        ? traceCsv(events)
        : `${JSON.stringify(epcisDocument(events, batch), null, 2)}\n`;
    });
  }

  /** Notes that a batch was accepted: its events wait no longer. Throws NotFound, StaleVersion, InvalidTransition. */
  accept(
    ctx: RequestContext,
    traceBatchId: number,
    { note, version }: z.output<typeof AcceptBatch>,
  ): Promise<BatchWithCommands> {
    return this.close(ctx, traceBatchId, version, 'accepted', note ?? null);
  }

  /** Notes that a batch was rejected, and why: its events wait again. Throws NotFound, StaleVersion, InvalidTransition. */
  reject(
    ctx: RequestContext,
    traceBatchId: number,
    { reason, version }: z.output<typeof RejectBatch>,
  ): Promise<BatchWithCommands> {
    return this.close(ctx, traceBatchId, version, 'rejected', reason);
  }

  policy(ctx: RequestContext): Promise<TracePolicy> {
    return this.uow.read(ctx, (tx) => this.policyOf(tx, ctx));
  }

  /** Throws StaleVersion. */
  savePolicy(ctx: RequestContext, input: z.output<typeof SavePolicy>): Promise<TracePolicy> {
    return this.uow.run(ctx, async (tx) => {
      const isSaved = await this.trace.savePolicy(tx, ctx.branchId, input, ctx.actor.userId);
      if (!isSaved) throw new StaleVersion('policy');
      return this.policyOf(tx, ctx);
    });
  }

  /** How long the oldest event waits, and what follows from it. */
  status(ctx: RequestContext): Promise<TraceStanding> {
    return this.uow.read(ctx, async (tx) => {
      const { format, warnHours, deadlineHours, stopWhenLate } = await this.policyOf(tx, ctx);
      const waiting = await this.trace.waiting(tx, ctx.branchId);
      const counter = offlineCounter(waiting.oldest, this.clock.now(), { warnHours, deadlineHours });
      const isStopped = format !== 'none' && stopWhenLate && counter.state === 'late';
      return { format, isStopped, warnHours, deadlineHours, ...counter, ...waiting };
    });
  }

  /** Transaction data of what came at this branch, by lot or by serial; a hundred at the most, newest first. */
  dscsa(ctx: RequestContext, query: z.output<typeof DscsaQuery>): Promise<DscsaStatement[]> {
    return this.uow.read(ctx, (tx) => this.trace.findDscsa(tx, ctx.branchId, query));
  }

  private close(
    ctx: RequestContext,
    traceBatchId: number,
    version: number,
    status: 'accepted' | 'rejected',
    reason: string | null,
  ): Promise<BatchWithCommands> {
    return this.uow.run(ctx, async (tx) => {
      const before = await this.trace.lockBatch(tx, ctx.branchId, traceBatchId);
      if (!before) throw new NotFound('batch');
      if (before.version !== version) throw new StaleVersion('batch');
      const command = status === 'accepted' ? 'accept' : 'reject';
      if (before.status !== 'exported') throw new InvalidTransition('batch', before.status, command, []);
      await this.trace.closeBatch(tx, traceBatchId, status, reason);
      return this.batch(tx, ctx, traceBatchId);
    });
  }

  private async batch(tx: Tx, ctx: RequestContext, traceBatchId: number): Promise<BatchWithCommands> {
    const batch = await this.trace.findBatch(tx, ctx.branchId, traceBatchId);
    if (!batch) throw new NotFound('batch');
    return { ...batch, commands: batch.status === 'exported' ? ['accept', 'reject'] : [] };
  }

  private async event(tx: Tx, ctx: RequestContext, traceEventId: number): Promise<ListedEvent> {
    const event = await this.trace.findEvent(tx, ctx.branchId, traceEventId);
    if (!event) throw new NotFound('event');
    return event;
  }

  private async policyOf(tx: Tx, ctx: RequestContext): Promise<TracePolicy> {
    return (await this.trace.findPolicy(tx, ctx.branchId)) ?? NO_POLICY;
  }
}
