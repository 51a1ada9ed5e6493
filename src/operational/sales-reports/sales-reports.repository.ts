import { Injectable } from '@nestjs/common';

import type { LateTx, Tx } from '../../platform/database/tx.js';
import { daysBetween } from '../../platform/time/local-date.js';
import * as sql from './sales-reports.sql.js';
import type { Cover, Periods, ReportRow } from './sales-reports.types.js';

const NOTHING: Cover = { months: [], days: [], closed: [], open: [] };

@Injectable()
export class SalesReportsRepository {
  /** Rows `offset` to `offset` + `limit` of a report of the branch, behind the row of its totals. */
  async read(
    tx: LateTx,
    branchId: number,
    statement: string,
    { from, to, compareFrom, compareTo }: Periods,
    limit: number,
    offset: number,
  ): Promise<ReportRow[]> {
    await tx.query(sql.PREPARE);
    const isCompared = compareFrom !== null && compareTo !== null;
    const [asked, before] = await Promise.all([
      this.cover(tx, branchId, from, to),
      isCompared ? this.cover(tx, branchId, compareFrom, compareTo) : NOTHING,
    ]);
    const shift = isCompared ? daysBetween(compareFrom, from) : 0;
    return tx.query<ReportRow>(statement, [
      branchId,
      ...[asked, before].flatMap(({ months, days, closed, open }) => [months, days, closed, open]),
      shift,
      limit,
      offset,
    ]);
  }

  private cover(tx: LateTx, branchId: number, from: string, to: string): Promise<Cover> {
    return tx.one<Cover>(sql.COVER, [branchId, from, to]);
  }

  /** Summing days reads more than a request does. */
  async allowLongWork(tx: Tx): Promise<void> {
    await tx.execute("set local statement_timeout = '10min'");
  }

  /** Sums so many days at the most that are over; answers how many it summed. */
  async closeDays(tx: Tx, most: number): Promise<number> {
    return (await tx.one<{ closed: number }>(sql.CLOSE_DAYS, [most])).closed;
  }

  /** Sums the months whose days are all summed; answers how many. */
  async closeMonths(tx: Tx): Promise<number> {
    return (await tx.one<{ closed: number }>(sql.CLOSE_MONTHS)).closed;
  }
}
