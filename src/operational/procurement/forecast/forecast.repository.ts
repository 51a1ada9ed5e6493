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
  async histories(tx: Tx, { branchId, timeZone, today }: BranchDay): Promise<HistoryRow[]> {
    // Compiling the statement costs more than running it.
    await tx.execute('set local jit = off');
    return tx.query<HistoryRow>(sql.HISTORIES, [branchId, timeZone, today, WINDOW_DAYS]);
  }

  /** Sales by weekday; the first is the weekday of today. */
  async weekdaySales(tx: Tx, { branchId, timeZone, today }: BranchDay): Promise<number[]> {
    const values = [branchId, timeZone, today, WEEKDAY_DAYS];
    const rows = await tx.query<{ day: number; sales: number }>(sql.WEEKDAY_SALES, values);
    const found = new Map(rows.map(({ day, sales }) => [day, sales]));
    return Array.from({ length: 7 }, (_, day) => found.get(day) ?? 0);
  }
}
