import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { Tx } from '../../platform/database/tx.js';
import type { RuleKindName } from '../clinical/rule-sets/rule-sets.types.js';
import type { ImportProgress, ReleaseStatus } from './imports.types.js';
import { ingredientKey, type KnownName } from './ingredient-index.domain.js';
import {
  STAGED_KINDS,
  type CatalogueKnown,
  type StagedBatch,
  type StagedFile,
  type StagedKind,
} from './staged-release.types.js';
import type { KnownIngredient } from './staged-row.js';
import {
  CLEAR_STAGING,
  COPY_CODES,
  COPY_NAMES,
  COPY_PACKS,
  COPY_PARTS,
  COPY_PRODUCTS,
  COPY_REJECTS,
  COPY_RULES,
  CREATE_RELEASE,
  DROP_EXPIRED,
  FAIL_CUT_OFF,
  FIND_CODES,
  FIND_FLAGS,
  FIND_LEXICON,
  FIND_UNVERIFIED,
  FINISH_STAGING,
  INSERT_FILES,
  MARK_FAILED,
  SET_STATUS,
  TELL_PROGRESS,
  TRY_LOCK,
} from './staging.sql.js';

/** Statements that take the rows of one batch. */
const COPIES: Readonly<Record<StagedKind, string>> = {
  names: COPY_NAMES,
  products: COPY_PRODUCTS,
  parts: COPY_PARTS,
  codes: COPY_CODES,
  packs: COPY_PACKS,
  rejects: COPY_REJECTS,
};

/** Sends rows over the transaction's connection; resolves when the server has taken them. */
async function copy(tx: Tx, statement: string, rows: Uint8Array): Promise<void> {
  const client = (await tx.rawClient()) as PoolClient;
  const stream = client.query(copyFrom(statement));
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', resolve);
    stream.end(Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
  });
}

interface StoredIngredient {
  ingredientId: number;
  atcCode: string | null;
  standard: string;
}

/** What is known of a release when it is opened. */
export interface NewRelease {
  source: string;
  title: string;
  fileNames: string;
  states: object;
  priceColumn: string | null;
  userId: number | null;
  discontinueMany: boolean;
  /** Left out: it is a release of the catalogue. */
  ruleKind?: RuleKindName;
}

/** Reads and writes what an import stages: the release, its files, rows and rejects. */
@Injectable()
export class StagingRepository {
  /** Lifts the bounds meant for requests: an import takes as long as its file is long, waiting for the file at times. */
  async allowLongWork(tx: Tx): Promise<void> {
    await tx.execute('set local statement_timeout = 0');
    await tx.execute('set local idle_in_transaction_session_timeout = 0');
    await tx.execute("set local lock_timeout = '30s'");
  }

  /**
   * Has joins done by hashing, and lets the text indexes gather before they merge. The rows were written a moment ago and
   * have no statistics; reading them for some would take as long as the joins they would help.
   */
  async planForManyRows(tx: Tx): Promise<void> {
    await tx.execute('set local enable_nestloop = off');
    await tx.execute("set local work_mem = '64MB'");
    await tx.execute("set local gin_pending_list_limit = '1GB'");
    await tx.execute('set local jit = off');
  }

  /** Takes the import lock until the transaction ends; false when another import holds it. */
  async tryLock(tx: Tx): Promise<boolean> {
    return (await tx.one<{ locked: boolean }>(TRY_LOCK)).locked;
  }

  /** Marks what was cut off as failed, drops previews nobody applied, and empties what they staged. */
  async clearStale(tx: Tx): Promise<void> {
    const stale = (await tx.execute(FAIL_CUT_OFF)) + (await tx.execute(DROP_EXPIRED));
    if (stale > 0) await this.dropLeftovers(tx);
  }

  /** Empties staging of releases that wait no more. */
  async dropLeftovers(tx: Tx): Promise<void> {
    await tx.execute(CLEAR_STAGING);
  }

  async createRelease(tx: Tx, release: NewRelease): Promise<number> {
    const { releaseId } = await tx.one<{ releaseId: number }>(CREATE_RELEASE, [
      release.source,
      release.title,
      release.fileNames,
      JSON.stringify(release.states),
      release.priceColumn,
      release.userId,
      release.discontinueMany,
      release.ruleKind ?? null,
    ]);
    return releaseId;
  }

  async finishStaging(
    tx: Tx,
    releaseId: number,
    staged: { fileSha256: string; read: number; rejected: number; files: readonly StagedFile[] },
  ): Promise<void> {
    const { files } = staged;
    await tx.execute(FINISH_STAGING, [releaseId, staged.fileSha256, staged.read, staged.rejected]);
    await tx.execute(INSERT_FILES, [
      releaseId,
      files.map(({ index }) => index),
      files.map(({ name }) => name),
      files.map(({ role }) => role),
      files.map(({ bytes }) => bytes),
      files.map(({ sha256 }) => sha256),
      files.map(({ rowsRead }) => rowsRead),
      files.map(({ rowsRejected }) => rowsRejected),
    ]);
  }

  async markFailed(tx: Tx, releaseId: number, why: string): Promise<void> {
    await tx.execute(MARK_FAILED, [releaseId, why]);
    await this.dropLeftovers(tx);
  }

  /** Moves a release from one status to another, saying why it did not get further; false when it is in another one. */
  async setStatus(
    tx: Tx,
    releaseId: number,
    from: ReleaseStatus,
    to: ReleaseStatus,
    why: string | null = null,
  ): Promise<boolean> {
    return (await tx.execute(SET_STATUS, [releaseId, from, to, why])) > 0;
  }

  async tellProgress(tx: Tx, releaseId: number, progress: ImportProgress): Promise<void> {
    const { phase, rows, bytesRead, bytesTotal, rowsPerSecond } = progress;
    await tx.execute(TELL_PROGRESS, [releaseId, phase, rows, bytesRead, bytesTotal, rowsPerSecond]);
  }

  /** Every name the parser may link to. Names of one ingredient share one object. */
  private async lexicon(tx: Tx): Promise<Array<KnownName<KnownIngredient>>> {
    const rows = await tx.query<StoredIngredient & { name: string }>(FIND_LEXICON);
    const byId = new Map<number, KnownIngredient>();
    return rows.map(({ ingredientId, atcCode, standard, name }) => {
      const ingredient = byId.get(ingredientId) ?? {
        id: ingredientId,
        atcCode: atcCode ?? undefined,
        name: standard,
      };
      byId.set(ingredientId, ingredient);
      return { name, ingredient };
    });
  }

  /** Ingredient key → folded name of the unverified ingredient that has it; the oldest where several have. */
  private async unverifiedNames(tx: Tx): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const { nameFolded } of await tx.query<{ nameFolded: string }>(FIND_UNVERIFIED)) {
      const key = ingredientKey(nameFolded);
      if (!names.has(key)) names.set(key, nameFolded);
    }
    return names;
  }

  /** "system code" → ingredient, for every code of another system that is known. */
  private async codes(tx: Tx): Promise<Map<string, KnownIngredient & { id: number }>> {
    const rows = await tx.query<StoredIngredient & { system: string; code: string }>(FIND_CODES);
    return new Map(
      rows.map(({ system, code, ingredientId, atcCode, standard }) => [
        `${system} ${code}`,
        { id: ingredientId, atcCode: atcCode ?? undefined, name: standard },
      ]),
    );
  }

  private async handlingFlags(tx: Tx): Promise<ReadonlySet<string>> {
    return new Set((await tx.query<{ code: string }>(FIND_FLAGS)).map(({ code }) => code));
  }

  /** Stages a batch. */
  async copyBatch(tx: Tx, batch: StagedBatch): Promise<void> {
    for (const kind of STAGED_KINDS) {
      const rows = batch[kind];
      if (rows !== undefined) await copy(tx, COPIES[kind], rows);
    }
  }

  /** Stages rules. */
  async copyRules(tx: Tx, rows: Uint8Array): Promise<void> {
    await copy(tx, COPY_RULES, rows);
  }

  /** What a reader needs to know of the catalogue. */
  async known(tx: Tx): Promise<CatalogueKnown> {
    return {
      names: await this.lexicon(tx),
      unverified: await this.unverifiedNames(tx),
      codes: await this.codes(tx),
      handlingFlags: await this.handlingFlags(tx),
    };
  }
}
