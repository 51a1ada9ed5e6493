import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './trace.sql.js';
import type {
  BatchStatus,
  DscsaStatement,
  ListedEvent,
  TraceBatch,
  TraceEvent,
  TraceKind,
  TracePolicy,
} from './trace.types.js';

/** What waits at a branch. */
export interface Waiting {
  readonly oldest: Date | null;
  readonly pending: number;
  readonly exported: number;
  readonly setAside: number;
  readonly seenTwice: number;
}

@Injectable()
export class TraceRepository {
  findEvents(
    tx: Tx,
    branchId: number,
    filter: {
      readonly state?: ListedEvent['state'] | undefined;
      readonly kind?: TraceKind | undefined;
      readonly cursor?: number | undefined;
      readonly limit: number;
    },
  ): Promise<ListedEvent[]> {
    const { state, kind, cursor, limit } = filter;
    const values = [state, kind, cursor].map((value) => value ?? null);
    return tx.query<ListedEvent>(sql.FIND_EVENTS, [branchId, ...values, limit]);
  }

  findEvent(tx: Tx, branchId: number, traceEventId: number): Promise<ListedEvent | undefined> {
    return tx.maybeOne<ListedEvent>(sql.FIND_EVENT, [branchId, traceEventId]);
  }

  findPending(
    tx: Tx,
    branchId: number,
    format: 'EG' | 'US',
    leaveOut: readonly number[],
    limit: number,
  ): Promise<TraceEvent[]> {
    return tx.query<TraceEvent>(sql.FIND_PENDING, [branchId, format, leaveOut, limit]);
  }

  async givenOut(tx: Tx, traceEventIds: readonly number[]): Promise<Set<number>> {
    const rows = await tx.query<{ traceEventId: number }>(sql.GIVEN_OUT, [traceEventIds]);
    return new Set(rows.map((row) => row.traceEventId));
  }

  async queue(tx: Tx, branchId: number): Promise<void> {
    await tx.query(sql.QUEUE, [branchId]);
  }

  async insertCorrection(tx: Tx, branchId: number, traceEventId: number, reason: string): Promise<number> {
    const values = [branchId, traceEventId, reason];
    return (await tx.one<{ traceEventId: number }>(sql.INSERT_CORRECTION, values)).traceEventId;
  }

  async insertBatch(
    tx: Tx,
    branchId: number,
    format: 'EG' | 'US',
    traceEventIds: readonly number[],
  ): Promise<number> {
    const { traceBatchId } = await tx.one<{ traceBatchId: number }>(sql.INSERT_BATCH, [branchId, format]);
    await tx.execute(sql.INSERT_BATCH_EVENTS, [traceBatchId, branchId, traceEventIds]);
    return traceBatchId;
  }

  async findBatches(
    tx: Tx,
    branchId: number,
    filter: { readonly status?: BatchStatus | undefined; readonly page: number; readonly limit: number },
  ): Promise<[rows: TraceBatch[], total: number]> {
    const { status, page, limit } = filter;
    const values = [branchId, status ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<TraceBatch & { rowTotal: number }>(sql.FIND_BATCHES, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  findBatch(tx: Tx, branchId: number, traceBatchId: number): Promise<TraceBatch | undefined> {
    return tx.maybeOne<TraceBatch>(sql.FIND_BATCH, [branchId, traceBatchId]);
  }

  lockBatch(
    tx: Tx,
    branchId: number,
    traceBatchId: number,
  ): Promise<{ status: BatchStatus; version: number } | undefined> {
    return tx.maybeOne(sql.LOCK_BATCH, [branchId, traceBatchId]);
  }

  batchEvents(tx: Tx, traceBatchId: number): Promise<TraceEvent[]> {
    return tx.query<TraceEvent>(sql.BATCH_EVENTS, [traceBatchId]);
  }

  async closeBatch(
    tx: Tx,
    traceBatchId: number,
    status: 'accepted' | 'rejected',
    reason: string | null,
  ): Promise<void> {
    await tx.execute(sql.CLOSE_BATCH, [traceBatchId, status, reason]);
  }

  findPolicy(tx: Tx, branchId: number): Promise<TracePolicy | undefined> {
    return tx.maybeOne<TracePolicy>(sql.FIND_POLICY, [branchId]);
  }

  /** False: somebody else changed it meanwhile. A policy of version 0 is not there yet. */
  async savePolicy(tx: Tx, branchId: number, policy: TracePolicy, userId: number): Promise<boolean> {
    const { format, gln, demandKnown, demandScan, deadlineHours, warnHours, stopWhenLate, version } = policy;
    const values = [
      branchId,
      format,
      gln,
      demandKnown,
      demandScan,
      deadlineHours,
      warnHours,
      stopWhenLate,
      userId,
    ];
    const saved =
      version === 0
        ? await tx.execute(sql.INSERT_POLICY, values)
        : await tx.execute(sql.UPDATE_POLICY, [...values, version]);
    return saved === 1;
  }

  async waiting(tx: Tx, branchId: number): Promise<Waiting> {
    const [waiting, aside] = await Promise.all([
      tx.one<Omit<Waiting, 'setAside' | 'seenTwice'>>(sql.WAITING, [branchId]),
      tx.one<Pick<Waiting, 'setAside' | 'seenTwice'>>(sql.SET_ASIDE, [branchId]),
    ]);
    return { ...waiting, ...aside };
  }

  findDscsa(
    tx: Tx,
    branchId: number,
    by: {
      readonly lot?: string | undefined;
      readonly serial?: string | undefined;
      readonly gtin?: string | undefined;
    },
  ): Promise<DscsaStatement[]> {
    const values = [by.lot, by.serial, by.gtin].map((value) => value ?? null);
    return tx.query<DscsaStatement>(sql.FIND_DSCSA, [branchId, ...values]);
  }
}
