import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { CorrectionFacts } from './adjustment.domain.js';
import * as sql from './adjustments.sql.js';
import type { Adjustment, AdjustmentStatus, ReasonCode } from './adjustments.types.js';

/** What is asked for. Base units, signed. */
export interface NewAdjustment {
  readonly lotId: number;
  readonly quantity: string;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  readonly correctsMovementId: number | null;
}

@Injectable()
export class AdjustmentsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: { readonly status?: AdjustmentStatus; readonly page: number; readonly limit: number },
  ): Promise<[Adjustment[], number]> {
    const { status, page, limit } = filter;
    const values = [branchId, status ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<Adjustment & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, adjustmentId: number): Promise<Adjustment | undefined> {
    return tx.maybeOne<Adjustment>(sql.FIND_ONE, [branchId, adjustmentId]);
  }

  lock(
    tx: Tx,
    branchId: number,
    adjustmentId: number,
  ): Promise<{ status: AdjustmentStatus; requestedById: number } | undefined> {
    return tx.maybeOne(sql.LOCK, [branchId, adjustmentId]);
  }

  /** Undefined: there is no such lot at the branch. */
  facts(
    tx: Tx,
    branchId: number,
    lotId: number,
    quantity: string,
  ): Promise<Pick<CorrectionFacts, 'isOverLimit' | 'isSetAside'> | undefined> {
    return tx.maybeOne(sql.FACTS, [branchId, lotId, quantity]);
  }

  async insert(tx: Tx, branchId: number, asked: NewAdjustment, userId: number): Promise<number> {
    const { lotId, quantity, reasonCode, reason, correctsMovementId } = asked;
    const values = [branchId, lotId, quantity, reasonCode, reason, correctsMovementId, userId];
    return (await tx.one<{ adjustmentId: number }>(sql.INSERT, values)).adjustmentId;
  }

  async post(tx: Tx, adjustmentId: number): Promise<number> {
    return (await tx.one<{ movementId: number }>(sql.POST, [adjustmentId])).movementId;
  }

  async close(
    tx: Tx,
    adjustmentId: number,
    end: {
      readonly status: AdjustmentStatus;
      readonly movementId: number | null;
      readonly note: string | null;
    },
    userId: number,
  ): Promise<void> {
    await tx.execute(sql.CLOSE, [adjustmentId, end.status, end.movementId, userId, end.note]);
  }
}
