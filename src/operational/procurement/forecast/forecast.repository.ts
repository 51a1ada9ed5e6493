import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { BranchSettings } from '../../auth/branches/branches.types.js';
import type { DaysAgo } from './demand.domain.js';
import * as sql from './forecast.sql.js';

/** A branch on its day of today. */
export type BranchDay = Pick<BranchSettings, 'branchId' | 'timeZone' | 'today'>;

/** Days of the ledger looked back on: two years in whole weeks, so that a season is seen twice. */
export const WINDOW_DAYS = 728;
/** Days the pattern of a week is learnt from: half a year in whole weeks. */
const WEEKDAY_DAYS = 182;

/** What the ledger says of a product, by weeks ago. */
export interface HistoryRow {
  readonly drugId: number;
  readonly group: string | null;
  readonly packUnits: number;
  readonly size: number | null;
  readonly firstDay: number;
  readonly empty: readonly DaysAgo[];
  readonly usedAt: readonly number[];
  readonly used: readonly number[];
  readonly lostAt: readonly number[];
  readonly lost: readonly number[];
}

@Injectable()
export class ForecastRepository {
  /** As they were kept today, of a branch that moves much; else read now. */
  async histories(tx: Tx, branch: BranchDay): Promise<HistoryRow[]> {
    const kept = await tx.query<HistoryRow>(sql.KEPT_HISTORIES, [branch.branchId, branch.today]);
    if (kept.length > 0) return kept;
    await withoutCompiling(tx);
    return tx.query<HistoryRow>(sql.HISTORIES, lookingBack(branch));
  }

  /** All branches. */
  branchDays(tx: Tx): Promise<BranchDay[]> {
    return tx.query<BranchDay>(sql.BRANCH_DAYS);
  }

  /** Whether a branch of so many movements in the window has no histories of today. */
  async isDue(tx: Tx, { branchId, today }: BranchDay, movements: number): Promise<boolean> {
    return (await tx.one<{ isDue: boolean }>(sql.IS_DUE, [branchId, today, WINDOW_DAYS, movements])).isDue;
  }

  /** Reads and keeps the histories of today, in place of those of another day; nothing where another server is at it. Answers how many. */
  async keepHistories(tx: Tx, branch: BranchDay): Promise<number> {
    await tx.execute("set local statement_timeout = '10min'");
    await withoutCompiling(tx);
    const { isMine } = await tx.one<{ isMine: boolean }>(sql.QUEUE_FOR_HISTORIES, [branch.branchId]);
    if (!isMine) return 0;
    await tx.execute(sql.DROP_HISTORIES, [branch.branchId]);
    return tx.execute(sql.KEEP_HISTORIES, lookingBack(branch));
  }

  /** Sales by weekday; the first is the weekday of today. */
  async weekdaySales(tx: Tx, { branchId, timeZone, today }: BranchDay): Promise<number[]> {
    const values = [branchId, timeZone, today, WEEKDAY_DAYS];
    const rows = await tx.query<{ day: number; sales: number }>(sql.WEEKDAY_SALES, values);
    const found = new Map(rows.map(({ day, sales }) => [day, sales]));
    return Array.from({ length: 7 }, (_, day) => found.get(day) ?? 0);
  }
}

/** Compiling the statement costs more than running it. */
async function withoutCompiling(tx: Tx): Promise<void> {
  await tx.execute('set local jit = off');
}

const lookingBack = ({ branchId, timeZone, today }: BranchDay): unknown[] => [
  branchId,
  timeZone,
  today,
  WINDOW_DAYS,
];
