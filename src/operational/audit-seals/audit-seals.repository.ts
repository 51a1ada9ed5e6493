import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './audit-seals.sql.js';
import type { Redaction, Removal, Seal, WholeSeal } from './audit-seals.types.js';
import { Lines, rowHashOf, type RowHash } from './seal-codec.js';

/** Reads the trail and its seals, and adds seals. What reads rows of all branches is done as pharmacy_sealer. */
@Injectable()
export class AuditSealsRepository {
  /** For this transaction: reads the trail of all branches, adds seals, and nothing else. */
  async becomeSealer(tx: Tx): Promise<void> {
    await tx.execute(sql.BECOME_SEALER);
  }

  /** True when nobody else seals; holds until the transaction ends. */
  async tryLock(tx: Tx): Promise<boolean> {
    return (await tx.one<{ locked: boolean }>(sql.TRY_LOCK)).locked;
  }

  /** Numbers given so far, and a transaction all of theirs come before. Nothing else may have been written in `tx`. */
  async takeMark(tx: Tx): Promise<{ lastId: number; xid: string }> {
    const { lastId } = await tx.one<{ lastId: number }>(sql.LAST_NUMBER);
    const { xid } = await tx.one<{ xid: string }>(sql.OWN_TRANSACTION);
    return { lastId, xid };
  }

  async lastNumber(tx: Tx): Promise<number> {
    return (await tx.one<{ lastId: number }>(sql.LAST_NUMBER)).lastId;
  }

  async hasSettled(tx: Tx, xid: string): Promise<boolean> {
    return (await tx.one<{ settled: boolean }>(sql.HAS_SETTLED, [xid])).settled;
  }

  async now(tx: Tx): Promise<Date> {
    return (await tx.one<{ now: Date }>(sql.NOW)).now;
  }

  findHead(tx: Tx): Promise<Seal | undefined> {
    return tx.maybeOne<Seal>(sql.FIND_HEAD);
  }

  /** Seals from `from` to `to`, at most so many, and as long as they have no more than `mostRows` rows together (one at least). */
  findSeals(tx: Tx, from: number, to: number, mostRows: number, most: number): Promise<WholeSeal[]> {
    return tx.query<WholeSeal>(sql.FIND_SEALS, [from, to, mostRows, most]);
  }

  async findRecentStart(tx: Tx, mostRows: number, most: number): Promise<number> {
    return (await tx.one<{ sealNo: number | null }>(sql.FIND_RECENT_START, [mostRows, most])).sealNo ?? 1;
  }

  findHashes(
    tx: Tx,
    sealNos: readonly number[],
  ): Promise<{ sealNo: number; lastId: number; hash: string }[]> {
    return tx.query(sql.FIND_HASHES, [sealNos]);
  }

  findRemovals(tx: Tx, fromSeal: number, toSeal: number): Promise<Removal[]> {
    return tx.query<Removal>(sql.FIND_REMOVALS, [fromSeal, toSeal]);
  }

  /** Redactions after a number, the first first. */
  findRedactions(tx: Tx, after: number): Promise<Redaction[]> {
    return tx.query<Redaction>(sql.FIND_REDACTIONS, [after]);
  }

  async insertRedaction(
    tx: Tx,
    branchId: number,
    { erasureRequestId, rowHashes, keyId, mac }: Omit<Redaction, 'redactionId'>,
  ): Promise<void> {
    await tx.execute(sql.INSERT_REDACTION, [branchId, erasureRequestId, rowHashes, keyId, mac]);
  }

  async insertSeal(tx: Tx, seal: WholeSeal): Promise<void> {
    await tx.execute(sql.INSERT_SEAL, [
      seal.sealNo,
      seal.chainId,
      seal.firstId,
      seal.lastId,
      seal.rowCount,
      seal.rowHashes,
      seal.rowsHash,
      seal.sealedAt,
      seal.keyId,
      seal.previousHash,
      seal.hash,
      seal.mac,
    ]);
  }

  countWaiting(tx: Tx, after: number, most: number): Promise<{ rows: number; oldestAt: Date | null }> {
    return tx.one(sql.COUNT_WAITING, [after, most]);
  }

  /** Hashes of the rows numbered above `after` up to `to`, by number. */
  async hashRows(tx: Tx, after: number, to: number, most?: number): Promise<RowHash[]> {
    const rows: RowHash[] = [];
    for await (const line of this.lines(tx, after, to, most)) rows.push(rowHashOf(line));
    return rows;
  }

  /** Lines of these rows, as they are hashed. */
  async *lines(tx: Tx, after: number, to: number, most?: number): AsyncGenerator<Buffer> {
    const client = (await tx.rawClient()) as PoolClient;
    const cut = new Lines();
    const stream = client.query(copyTo(sql.copyLines(after, to, most)));
    for await (const chunk of stream) yield* cut.read(chunk as Buffer);
  }

  /** First and last number of the rows of a time. */
  findNumbers(tx: Tx, from: string, to: string): Promise<{ firstId: number | null; lastId: number | null }> {
    return tx.one(sql.FIND_NUMBERS, [from, to]);
  }

  findCovering(
    tx: Tx,
    firstId: number,
    lastId: number,
  ): Promise<{ firstSeal: number | null; lastSeal: number | null }> {
    return tx.one(sql.FIND_COVERING, [firstId, lastId]);
  }

  findRemovable(
    tx: Tx,
    before: Date,
    most: number,
  ): Promise<{ sealNo: number; firstId: number; lastId: number; rowCount: number; isOld: boolean }[]> {
    return tx.query(sql.FIND_REMOVABLE, [before, most]);
  }

  async lastRemovalNo(tx: Tx): Promise<number> {
    return (await tx.one<{ removalNo: number }>(sql.LAST_REMOVAL)).removalNo;
  }

  /** Takes rows out; on a connection of the owner. */
  async removeRows(tx: Tx, removal: Removal): Promise<void> {
    await tx.execute(sql.REMOVE_ROWS, valuesOf(removal));
  }

  /** For this transaction: the owner of the tables, at maintenance. On a connection of the owner. */
  async becomeOwner(tx: Tx): Promise<void> {
    await tx.execute(sql.BECOME_OWNER);
  }

  /** Months that have a part of the trail and begin before a month (2026-01), the oldest first. */
  async findMonths(tx: Tx, before: string): Promise<string[]> {
    return (await tx.query<{ month: string }>(sql.FIND_MONTHS, [before])).map(({ month }) => month);
  }

  /** The seals a month goes with, and whether all they cover is from before a time. */
  findMonthSeals(tx: Tx, month: string, before: Date): Promise<MonthSeals> {
    return tx.one(sql.FIND_MONTH_SEALS, [...boundsOf(month), before]);
  }

  /** Takes a month out with its part, on a connection of the owner; answers how many rows went. */
  async detachMonth(tx: Tx, month: string, removal: Removal | undefined): Promise<number> {
    const day = `${month}-01`;
    const { rows } = removal
      ? await tx.one<{ rows: number }>(sql.DETACH_MONTH, [...valuesOf(removal), day])
      : await tx.one<{ rows: number }>(sql.DETACH_EMPTY_MONTH, [day]);
    return rows;
  }

  async logExport(tx: Tx, what: string): Promise<void> {
    await tx.execute(sql.LOG_EXPORT, [what]);
  }
}

/** Seals of a month: the first whose rows are still there, and the one that has the last row of the month. */
export interface MonthSeals {
  /** Last row of the month; null: it has none. */
  readonly lastId: number | null;
  readonly firstSeal: number | null;
  readonly firstSealId: number | null;
  /** Null: the month is not sealed to its end. */
  readonly lastSeal: number | null;
  readonly lastSealId: number | null;
  readonly isOld: boolean;
}

/** The moments a month (2026-01) begins and ends with, in UTC as its part. */
export function boundsOf(month: string): readonly [Date, Date] {
  const end = new Date(`${month}-01T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + 1);
  return [new Date(`${month}-01T00:00:00Z`), end];
}

const valuesOf = (removal: Removal): unknown[] => [
  removal.removalNo,
  removal.firstSeal,
  removal.lastSeal,
  removal.firstId,
  removal.lastId,
  removal.rowCount,
  removal.keepYears,
  removal.exportSha256,
  removal.removedAt,
  removal.keyId,
  removal.mac,
];
