import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import type { ReturnStatus } from './return-status.domain.js';
import type { CreateReturn, DeadlinePage, DeadlineQuery, ReturnQuery } from './returns.schemas.js';
import * as sql from './returns.sql.js';
import type { Return, ReturnWithLines } from './returns.types.js';

type Row = Omit<Return, 'commands'>;
type Deadline = z.output<typeof DeadlinePage>['data'][number];
type Line = z.output<typeof CreateReturn>['lines'][number];

/** A return under its lock. */
export interface LockedReturn {
  readonly supplierReturnId: number;
  readonly returnNumber: string;
  readonly status: ReturnStatus;
  readonly supplierId: number;
}

/** A lot of a line: what is free of it, and what so much of it cost. */
interface LotOfLine {
  readonly lotId: number;
  readonly drugId: number;
  readonly free: string;
  readonly cost: string;
}

@Injectable()
export class ReturnsRepository {
  async findPage(tx: Tx, branchId: number, query: z.output<typeof ReturnQuery>): Promise<[Row[], number]> {
    const filter = [branchId, query.status ?? null, query.supplierId ?? null];
    const [rows, counted] = await Promise.all([
      tx.query<Row>(sql.FIND_PAGE, [...filter, query.limit, (query.page - 1) * query.limit]),
      tx.one<{ total: number }>(sql.COUNT, filter),
    ]);
    return [rows, counted.total];
  }

  async find(tx: Tx, branchId: number, id: number): Promise<Omit<ReturnWithLines, 'commands'> | undefined> {
    const [found, lines, events] = await Promise.all([
      tx.maybeOne<Row>(sql.FIND_ONE, [branchId, id]),
      tx.query<ReturnWithLines['lines'][number]>(sql.LINES, [id]),
      tx.query<ReturnWithLines['events'][number]>(sql.EVENTS, [id]),
    ]);
    return found && { ...found, lines, events };
  }

  lock(tx: Tx, branchId: number, id: number): Promise<LockedReturn | undefined> {
    return tx.maybeOne<LockedReturn>(sql.LOCK, [branchId, id]);
  }

  async lots(tx: Tx, branchId: number, lines: readonly Line[]): Promise<ReadonlyMap<number, LotOfLine>> {
    const rows = await tx.query<LotOfLine>(sql.LOTS, [
      branchId,
      lines.map((line) => line.lotId),
      lines.map((line) => line.quantity),
    ]);
    return new Map(rows.map((row) => [row.lotId, row]));
  }

  async insert(
    tx: Tx,
    branchId: number,
    { supplierId, notes }: z.output<typeof CreateReturn>,
    lines: readonly (Line & { readonly creditExpected: string })[],
  ): Promise<number> {
    const values = [branchId, supplierId, notes ?? null];
    const { supplierReturnId } = await tx.one<{ supplierReturnId: number }>(sql.INSERT, values);
    await tx.execute(sql.INSERT_LINES, [
      branchId,
      supplierReturnId,
      ...(['lotId', 'quantity', 'reason', 'creditExpected'] as const).map((key) =>
        lines.map((line) => line[key]),
      ),
    ]);
    return supplierReturnId;
  }

  /** Takes every line out of its lot; the database refuses more than is free. */
  async ship(tx: Tx, id: number, witnessId: number | undefined): Promise<void> {
    await tx.execute(sql.LOCK_LOTS, [id]);
    const moved = await tx.query<{ movementId: number; lotId: number }>(sql.SHIP, [id, witnessId ?? null]);
    await tx.execute(sql.NAME_MOVEMENTS, [
      id,
      moved.map((row) => row.lotId),
      moved.map((row) => row.movementId),
    ]);
  }

  async bringBack(tx: Tx, id: number, reason: string): Promise<void> {
    await tx.execute(sql.LOCK_LOTS, [id]);
    await tx.execute(sql.BRING_BACK, [id, reason]);
  }

  async step(
    tx: Tx,
    id: number,
    status: ReturnStatus,
    reason: string | null,
    creditNoteId?: number,
  ): Promise<void> {
    await tx.execute(sql.STEP, [id, status, reason, creditNoteId ?? null]);
  }

  async deadlines(
    tx: Tx,
    branchId: number,
    { withinDays, supplierId, page, limit }: z.output<typeof DeadlineQuery>,
  ): Promise<[Deadline[], number]> {
    const rows = await tx.query<Deadline & { rowTotal: number }>(sql.DEADLINES, [
      branchId,
      withinDays,
      supplierId ?? null,
      limit,
      (page - 1) * limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }
}
