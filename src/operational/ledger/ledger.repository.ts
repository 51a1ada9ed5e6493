import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './ledger.sql.js';

@Injectable()
export class LedgerRepository {
  /** Summing a month and making a report read more than a request does. */
  async allowLongWork(tx: Tx): Promise<void> {
    await tx.execute("set local statement_timeout = '10min'");
  }

  /** Makes the months there should be and sums those that are over; answers how many it summed. */
  async closeMonths(tx: Tx): Promise<number> {
    return (await tx.one<{ closed: number }>(sql.CLOSE_MONTHS)).closed;
  }

  /** Whether the report of months is older than so many minutes. */
  async isStale(tx: Tx, minutes: number): Promise<boolean> {
    return (await tx.one<{ isStale: boolean }>(sql.IS_STALE, [minutes])).isStale;
  }

  async refreshMonths(tx: Tx): Promise<void> {
    await tx.query(sql.REFRESH_MONTHS);
  }
}
