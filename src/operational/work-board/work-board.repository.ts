import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { BoardColumn, CardKind } from './work-board.domain.js';
import * as sql from './work-board.sql.js';
import type { CardRow, ChosenCard, ColumnRow, Lease } from './work-board.types.js';

@Injectable()
export class WorkBoardRepository {
  /** The most urgent cards of a column, each with what is true of the whole column. */
  column(tx: Tx, branchId: number, column: BoardColumn): Promise<ColumnRow[]> {
    return tx.query<ColumnRow>(sql.COLUMN[column], [branchId]);
  }

  /** A card as long as it lies in the column. */
  card(
    tx: Tx,
    branchId: number,
    column: BoardColumn,
    { prescriptionId, fillId }: Pick<ChosenCard, 'prescriptionId' | 'fillId'>,
  ): Promise<CardRow | undefined> {
    return tx.maybeOne<CardRow>(sql.CARD[column], [branchId, prescriptionId, fillId]);
  }

  async lockUser(tx: Tx, userId: number): Promise<void> {
    await tx.execute(sql.LOCK_USER, [userId]);
  }

  async lockPrescription(tx: Tx, branchId: number, prescriptionId: number): Promise<void> {
    await tx.execute(sql.LOCK_PRESCRIPTION, [prescriptionId, branchId]);
  }

  /** Chooses and locks the most urgent card that is free; undefined: there is none. */
  lockNext(
    tx: Tx,
    branchId: number,
    column: BoardColumn,
    by: {
      readonly kinds: readonly CardKind[];
      readonly userId: number;
      readonly twoPersonRule: boolean;
      readonly skippedMinutes: number;
    },
  ): Promise<ChosenCard | undefined> {
    return tx.maybeOne<ChosenCard>(sql.LOCK_NEXT[column], [
      branchId,
      by.kinds,
      by.userId,
      by.twoPersonRule,
      by.skippedMinutes,
    ]);
  }

  /** Takes a card that is locked; undefined where it was taken or moved on before the lock. */
  async insertLease(
    tx: Tx,
    branchId: number,
    column: BoardColumn,
    { prescriptionId, fillId, status }: ChosenCard,
    userId: number,
    minutes: number,
  ): Promise<number | undefined> {
    const [, row] = await Promise.all([
      tx.execute(sql.END_EXPIRED, [prescriptionId, fillId]),
      tx.maybeOne<{ leaseId: number }>(sql.INSERT_LEASE, [
        branchId,
        column,
        prescriptionId,
        fillId,
        status,
        userId,
        minutes,
      ]),
    ]);
    return row?.leaseId;
  }

  heldBy(tx: Tx, branchId: number, userId: number, column: BoardColumn): Promise<Lease | undefined> {
    return tx.maybeOne<Lease>(sql.HELD_BY, [branchId, userId, column]);
  }

  lease(tx: Tx, branchId: number, leaseId: number): Promise<Lease | undefined> {
    return tx.maybeOne<Lease>(sql.LEASE_BY_ID, [leaseId, branchId]);
  }

  heldOf(tx: Tx, branchId: number, prescriptionId: number): Promise<Lease[]> {
    return tx.query<Lease>(sql.HELD_OF, [prescriptionId, branchId]);
  }

  async extend(tx: Tx, leaseId: number, minutes: number): Promise<void> {
    await tx.execute(sql.EXTEND, [leaseId, minutes]);
  }

  /** True when it was held until now. */
  async end(
    tx: Tx,
    leaseId: number,
    outcome: 'released' | 'skipped',
    reason: string | null,
  ): Promise<boolean> {
    return (await tx.execute(sql.END, [leaseId, outcome, reason])) === 1;
  }
}
