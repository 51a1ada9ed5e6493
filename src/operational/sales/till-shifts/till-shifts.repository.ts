import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import * as sql from './till-shifts.sql.js';
import type { CashMovementRow, SaleCounts, Shift, TenderTotal, TillCount } from './till-shifts.types.js';

/** Till shifts and the cash in their drawers. `userId` undefined means: any cashier's of the branch. */
@Injectable()
export class TillShiftsRepository {
  async insert(tx: Tx, branchId: number, userId: number, openingFloat: string): Promise<number> {
    return (await tx.one<{ shiftId: number }>(sql.INSERT_SHIFT, [branchId, userId, openingFloat])).shiftId;
  }

  async findOpen(tx: Tx, branchId: number, userId: number): Promise<Shift | undefined> {
    return tx.maybeOne<Shift>(sql.FIND_OPEN_SHIFT, [branchId, userId]);
  }

  async find(tx: Tx, branchId: number, shiftId: number, userId?: number): Promise<Shift | undefined> {
    return tx.maybeOne<Shift>(sql.FIND_SHIFT, [branchId, shiftId, userId ?? null]);
  }

  async lock(
    tx: Tx,
    branchId: number,
    shiftId: number,
    userId?: number,
  ): Promise<Pick<Shift, 'shiftId' | 'status'> | undefined> {
    return tx.maybeOne(sql.LOCK_SHIFT, [branchId, shiftId, userId ?? null]);
  }

  async close(tx: Tx, shiftId: number, closedBy: number): Promise<void> {
    await tx.execute(sql.CLOSE_SHIFT, [shiftId, closedBy]);
  }

  async insertCashMovement(
    tx: Tx,
    branchId: number,
    shiftId: number,
    movement: { amount: string; reason: string; userId: number },
  ): Promise<number> {
    const { movementId } = await tx.one<{ movementId: number }>(sql.INSERT_CASH_MOVEMENT, [
      branchId,
      shiftId,
      movement.amount,
      movement.reason,
      movement.userId,
    ]);
    return movementId;
  }

  async insertCounts(tx: Tx, branchId: number, shiftId: number, counts: readonly TillCount[]): Promise<void> {
    await tx.execute(sql.INSERT_COUNTS, [
      branchId,
      shiftId,
      counts.map((count) => count.method),
      counts.map((count) => count.counted),
      counts.map((count) => count.expected),
    ]);
  }

  async findTenders(tx: Tx, shiftId: number): Promise<TenderTotal[]> {
    return tx.query<TenderTotal>(sql.FIND_TENDERS, [shiftId]);
  }

  async findCashMovements(tx: Tx, shiftId: number): Promise<CashMovementRow[]> {
    return tx.query<CashMovementRow>(sql.FIND_CASH_MOVEMENTS, [shiftId]);
  }

  async findCounts(tx: Tx, shiftId: number): Promise<TillCount[]> {
    return tx.query<TillCount>(sql.FIND_COUNTS, [shiftId]);
  }

  async countSales(tx: Tx, shiftId: number): Promise<SaleCounts> {
    return tx.one<SaleCounts>(sql.COUNT_SALES, [shiftId]);
  }
}
