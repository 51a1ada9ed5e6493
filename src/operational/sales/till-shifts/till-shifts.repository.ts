import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import * as sql from './till-shifts.sql.js';
import type {
  CashMovementRow,
  DrawerCount,
  Pieces,
  Report,
  Shift,
  ShiftFigures,
  ShiftRow,
} from './till-shifts.types.js';

type ReportHead = Pick<
  Report,
  | 'shiftId'
  | 'userId'
  | 'status'
  | 'closedAt'
  | 'zNumber'
  | 'closedByName'
  | 'hash'
  | 'previousHash'
  | 'auditSealNo'
  | 'auditSealHash'
>;

/** What somebody counted; cash as an amount, as notes and coins, or both. */
export interface Counted {
  readonly cash: string | undefined;
  readonly card: string | undefined;
  readonly mobile: string | undefined;
  readonly pieces: readonly Pieces[];
  readonly recountReason: string | undefined;
}

/** A note or coin that is counted. */
export interface Denomination {
  readonly denomination: string;
  readonly kind: 'note' | 'coin';
}

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

  async findPage(
    tx: Tx,
    branchId: number,
    asked: {
      status?: 'open' | 'closed' | undefined;
      from?: string | undefined;
      to?: string | undefined;
      page: number;
      limit: number;
    },
  ): Promise<[ShiftRow[], number]> {
    const { status, from, to, page, limit } = asked;
    const rows = await tx.query<ShiftRow & { rowTotal: number }>(sql.FIND_PAGE, [
      branchId,
      status ?? null,
      from ?? null,
      to ?? null,
      limit,
      (page - 1) * limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
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
    movement: {
      amount: string;
      reason: string;
      userId: number;
      bagNumber: string | null;
      witnessId: number | null;
    },
  ): Promise<number> {
    const { amount, reason, userId, bagNumber, witnessId } = movement;
    const { movementId } = await tx.one<{ movementId: number }>(sql.INSERT_CASH_MOVEMENT, [
      branchId,
      shiftId,
      amount,
      reason,
      userId,
      bagNumber,
      witnessId,
    ]);
    return movementId;
  }

  /** Writes down a count (`isFloat`: what the shift begins with); the database refuses a third. */
  async insertCount(
    tx: Tx,
    branchId: number,
    shiftId: number,
    counted: Counted,
    isFloat = false,
  ): Promise<void> {
    const [values, pieces] = [
      counted.pieces.map((one) => one.denomination),
      counted.pieces.map((one) => one.pieces),
    ];
    const { drawerCountId } = await tx.one<{ drawerCountId: number }>(sql.INSERT_DRAWER_COUNT, [
      branchId,
      shiftId,
      isFloat ? 0 : 1,
      counted.cash ?? null,
      counted.card ?? null,
      counted.mobile ?? null,
      counted.recountReason ?? null,
      values,
      pieces,
    ]);
    if (values.length > 0) await tx.execute(sql.INSERT_PIECES, [branchId, drawerCountId, values, pieces]);
  }

  async findStandingCounts(tx: Tx, shiftId: number): Promise<DrawerCount[]> {
    return tx.query<DrawerCount>(sql.FIND_STANDING_COUNTS, [shiftId]);
  }

  async insertCounts(tx: Tx, branchId: number, shiftId: number, countNo: number): Promise<void> {
    await tx.execute(sql.INSERT_COUNTS, [branchId, shiftId, countNo]);
  }

  async findCashMovements(tx: Tx, shiftId: number): Promise<CashMovementRow[]> {
    return tx.query<CashMovementRow>(sql.FIND_CASH_MOVEMENTS, [shiftId]);
  }

  async findReport(tx: Tx, branchId: number, shiftId: number): Promise<Report> {
    const { figures, ...head } = await tx.one<ReportHead & { figures: ShiftFigures }>(sql.FIND_REPORT, [
      branchId,
      shiftId,
    ]);
    return { ...head, ...figures, kind: head.status === 'closed' ? 'Z' : 'X' };
  }

  async findDenominations(tx: Tx, branchId: number): Promise<Denomination[]> {
    return tx.query<Denomination>(sql.FIND_DENOMINATIONS, [branchId]);
  }

  async replaceDenominations(tx: Tx, branchId: number, list: readonly Denomination[]): Promise<void> {
    await tx.execute(sql.DELETE_DENOMINATIONS, [branchId]);
    await tx.execute(sql.INSERT_DENOMINATIONS, [
      branchId,
      list.map((one) => one.denomination),
      list.map((one) => one.kind),
    ]);
  }
}
