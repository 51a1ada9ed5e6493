import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './sign-offs.sql.js';
import type { Counted, SignOff, ToCount } from './sign-offs.types.js';

@Injectable()
export class SignOffsRepository {
  async overdueDays(tx: Tx, branchId: number, today: string): Promise<{ day: string; products: number }[]> {
    return tx.query(sql.OVERDUE_DAYS, [branchId, today]);
  }

  /** Last day signed off, and the last one on which everything was counted. */
  async last(tx: Tx, branchId: number): Promise<{ lastDay: string | null; lastAllDay: string | null }> {
    return tx.one(sql.LAST, [branchId]);
  }

  async toCount(tx: Tx, branchId: number, businessDay: string, isAll: boolean): Promise<ToCount[]> {
    return tx.query<ToCount>(sql.TO_COUNT, [branchId, businessDay, isAll]);
  }

  async insertCount(
    tx: Tx,
    branchId: number,
    count: { readonly drugId: number; readonly counted: string },
    userId: number,
  ): Promise<Counted> {
    return tx.one<Counted>(sql.INSERT_COUNT, [branchId, count.drugId, count.counted, userId]);
  }

  async insert(
    tx: Tx,
    branchId: number,
    signOff: Pick<SignOff, 'businessDay' | 'scope' | 'note'>,
    userId: number,
  ): Promise<number> {
    const { businessDay, scope, note } = signOff;
    return (await tx.one<{ signOffId: number }>(sql.INSERT, [branchId, businessDay, scope, note, userId]))
      .signOffId;
  }

  async insertCounts(
    tx: Tx,
    branchId: number,
    signOffId: number,
    counts: readonly { drugId: number; countId: number; explanation: string | null }[],
  ): Promise<void> {
    await tx.execute(sql.INSERT_COUNTS, [
      signOffId,
      branchId,
      counts.map((count) => count.drugId),
      counts.map((count) => count.countId),
      counts.map((count) => count.explanation),
    ]);
  }

  async findPage(tx: Tx, branchId: number, page: number, limit: number): Promise<[SignOff[], number]> {
    const rows = await tx.query<SignOff & { rowTotal: number }>(sql.FIND_PAGE, [
      branchId,
      limit,
      (page - 1) * limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, signOffId: number): Promise<SignOff | undefined> {
    return tx.maybeOne<SignOff>(sql.FIND_ONE, [branchId, signOffId]);
  }
}
