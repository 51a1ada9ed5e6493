import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { Broken } from './invariant.types.js';

@Injectable()
export class IntegrityRepository {
  async branchIds(tx: Tx): Promise<number[]> {
    const rows = await tx.query<{ branchId: number }>(
      'select /* integrity.branches */ branch_id as "branchId" from operational.branches order by branch_id',
    );
    return rows.map((row) => row.branchId);
  }

  /** What breaks the invariant. `sql` is one of the constant texts of invariants.sql.ts. */
  async findBroken(tx: Tx, sql: string): Promise<Broken> {
    const rows = await tx.query<{ broken: string; total: number }>(sql);
    return { rows: rows.map((row) => row.broken), total: rows[0]?.total ?? 0 };
  }

  /**
   * The check reads whole tables: it gets more time than a request, and joins them by hash or merge. After a crash PostgreSQL knows nothing
   * of how tables have grown, and would look up row by row what it takes for a handful: minutes in place of a second. Each invariant is one
   * statement, one snapshot.
   */
  async prepareLongReads(tx: Tx): Promise<void> {
    await tx.execute("set local statement_timeout = '10min'");
    await tx.execute('set local enable_nestloop = off');
  }
}
