import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { Tx } from '../../platform/database/tx.js';
import type { KnownName } from './ingredient-index.domain.js';
import { ingredientKey } from './ingredient-index.domain.js';
import type { KnownIngredient } from './staged-row.js';
import {
  COPY_REJECTS,
  COPY_ROWS,
  CREATE_RELEASE,
  DROP_STAGED_ROWS,
  DROP_STALE_ROWS,
  FAIL_STALE,
  FIND_LEXICON,
  FIND_UNVERIFIED,
  FINISH_STAGING,
  MARK_FAILED,
  TRY_LOCK,
} from './staging.sql.js';

/** Sends rows in COPY text format over the transaction's connection; resolves when the server has taken them. */
async function copy(tx: Tx, statement: string, text: string): Promise<void> {
  const client = (await tx.rawClient()) as PoolClient;
  const stream = client.query(copyFrom(statement));
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', resolve);
    stream.end(text);
  });
}

/** Reads and writes what an import stages: the release, its rows, its rejects. */
@Injectable()
export class StagingRepository {
  /** Lifts the bounds meant for requests: an import takes as long as its file is long, waiting for the file at times. */
  async allowLongWork(tx: Tx): Promise<void> {
    await tx.execute('set local statement_timeout = 0');
    await tx.execute('set local idle_in_transaction_session_timeout = 0');
    await tx.execute("set local lock_timeout = '30s'");
  }

  /**
   * Has joins done by hashing. The rows were written a moment ago, so there are no statistics yet and the planner
   * believes in a handful: nested loops over 25,000 rows took minutes where hashing takes a second.
   */
  async planForManyRows(tx: Tx): Promise<void> {
    await tx.execute('set local enable_nestloop = off');
    await tx.execute("set local work_mem = '64MB'");
    await tx.execute('set local jit = off');
  }

  /** Takes the import lock until the transaction ends; false when another import holds it. */
  async tryLock(tx: Tx): Promise<boolean> {
    return (await tx.one<{ locked: boolean }>(TRY_LOCK)).locked;
  }

  /** Drops what an import that was cut off left behind. */
  async clearStale(tx: Tx): Promise<void> {
    await tx.execute(FAIL_STALE);
    await tx.execute(DROP_STALE_ROWS);
  }

  async createRelease(tx: Tx, source: string, fileNames: string): Promise<number> {
    return (await tx.one<{ releaseId: number }>(CREATE_RELEASE, [source, fileNames])).releaseId;
  }

  async finishStaging(
    tx: Tx,
    releaseId: number,
    staged: { fileSha256: string; read: number; rejected: number },
  ): Promise<void> {
    await tx.execute(FINISH_STAGING, [releaseId, staged.fileSha256, staged.read, staged.rejected]);
  }

  /** Empties the staging table of a release. */
  async dropRows(tx: Tx, releaseId: number): Promise<void> {
    await tx.execute(DROP_STAGED_ROWS, [releaseId]);
  }

  async markFailed(tx: Tx, releaseId: number): Promise<void> {
    await this.dropRows(tx, releaseId);
    await tx.execute(MARK_FAILED, [releaseId]);
  }

  /** Every name the parser may link to. Names of one ingredient share one object. */
  async lexicon(tx: Tx): Promise<Array<KnownName<KnownIngredient>>> {
    const rows = await tx.query<{ ingredientId: number; atcCode: string | null; name: string }>(FIND_LEXICON);
    const byId = new Map<number, KnownIngredient>();
    return rows.map(({ ingredientId, atcCode, name }) => {
      const ingredient = byId.get(ingredientId) ?? { id: ingredientId, atcCode: atcCode ?? undefined };
      byId.set(ingredientId, ingredient);
      return { name, ingredient };
    });
  }

  /** Ingredient key → folded name of the unverified ingredient that has it; the oldest where several have. */
  async unverifiedNames(tx: Tx): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const { nameFolded } of await tx.query<{ nameFolded: string }>(FIND_UNVERIFIED)) {
      const key = ingredientKey(nameFolded);
      if (!names.has(key)) names.set(key, nameFolded);
    }
    return names;
  }

  /** Rows encoded for COPY, see `COPY_ROWS` for the columns. */
  copyRows(tx: Tx, text: string): Promise<void> {
    return copy(tx, COPY_ROWS, text);
  }

  /** Rejects encoded for COPY, see `COPY_REJECTS` for the columns. */
  copyRejects(tx: Tx, text: string): Promise<void> {
    return copy(tx, COPY_REJECTS, text);
  }
}
