import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { MovedByKind } from './recall-balance.domain.js';
import * as sql from './recalls.sql.js';
import type {
  BlockedFill,
  RecallClass,
  RecallContact,
  RecalledLot,
  RecalledTransit,
  RecallHead,
  RecallStatus,
} from './recalls.types.js';

/** What is called back. `lotNumber` null: all of the product. */
export interface NewRecall {
  readonly drugId: number;
  readonly lotNumber: string | null;
  readonly serial: string | null;
  readonly recallClass: RecallClass;
  readonly reason: string;
  readonly notice: string | null;
}

@Injectable()
export class RecallsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: { readonly status?: RecallStatus; readonly page: number; readonly limit: number },
  ): Promise<[RecallHead[], number]> {
    const { status, page, limit } = filter;
    const values = [branchId, status ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<RecallHead & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, recallId: number): Promise<RecallHead | undefined> {
    return tx.maybeOne<RecallHead>(sql.FIND_ONE, [branchId, recallId]);
  }

  async lock(tx: Tx, recallId: number): Promise<RecallStatus | undefined> {
    return (await tx.maybeOne<{ status: RecallStatus }>(sql.LOCK, [recallId]))?.status;
  }

  async findSame(tx: Tx, drugId: number, lotNumber: string | null): Promise<number | undefined> {
    return (await tx.maybeOne<{ recallId: number }>(sql.FIND_SAME, [drugId, lotNumber]))?.recallId;
  }

  async findLotsOfSerial(tx: Tx, drugId: number, serial: string): Promise<string[]> {
    const rows = await tx.query<{ lotNumber: string }>(sql.FIND_LOTS_OF_SERIAL, [drugId, serial]);
    return rows.map((row) => row.lotNumber);
  }

  async insert(tx: Tx, recall: NewRecall, userId: number): Promise<number> {
    const { drugId, lotNumber, serial, recallClass, reason, notice } = recall;
    const values = [drugId, lotNumber, serial, recallClass, reason, notice, userId];
    return (await tx.one<{ recallId: number }>(sql.INSERT, values)).recallId;
  }

  /** Sets aside what lies at the branches, and notes that it was done there. */
  async apply(tx: Tx, recallId: number, branchIds: readonly number[], userId: number): Promise<void> {
    const lots = await tx.query<{ lotId: number }>(sql.LOCK_LOTS, [recallId, branchIds]);
    await tx.execute(sql.INSERT_LOTS, [recallId, lots.map((lot) => lot.lotId)]);
    await tx.execute(sql.INSERT_BRANCHES, [recallId, branchIds, userId]);
  }

  async setStatus(
    tx: Tx,
    recallId: number,
    status: RecallStatus,
    userId: number,
    note: string,
  ): Promise<void> {
    await tx.execute(sql.SET_STATUS, [recallId, status, userId, note]);
  }

  findLots(tx: Tx, recallId: number): Promise<RecalledLot[]> {
    return tx.query<RecalledLot>(sql.FIND_LOTS, [recallId]);
  }

  async findMoved(tx: Tx, recallId: number): Promise<MovedByKind> {
    const rows = await tx.query<{ kind: string; quantity: string }>(sql.FIND_MOVED, [recallId]);
    return Object.fromEntries(rows.map((row) => [row.kind, row.quantity]));
  }

  /** What is in transit, and how much in all. */
  async findTransit(tx: Tx, recallId: number): Promise<{ rows: RecalledTransit[]; total: string }> {
    const rows = await tx.query<RecalledTransit & { total: string }>(sql.FIND_TRANSIT, [recallId]);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? '0' };
  }

  findBlockedFills(tx: Tx, recallId: number): Promise<BlockedFill[]> {
    return tx.query<BlockedFill>(sql.FIND_BLOCKED_FILLS, [recallId]);
  }

  findBranches(tx: Tx, recallId: number): Promise<{ branchId: number; name: string; appliedAt: string }[]> {
    return tx.query(sql.FIND_BRANCHES, [recallId]);
  }

  async countContacts(tx: Tx, recallId: number): Promise<number> {
    return (await tx.one<{ contacts: number }>(sql.COUNT_CONTACTS, [recallId])).contacts;
  }

  findContacts(tx: Tx, recallId: number, after: number | undefined, limit: number): Promise<RecallContact[]> {
    return tx.query<RecallContact>(sql.FIND_CONTACTS, [recallId, after ?? null, limit]);
  }

  async logRead(tx: Tx, patientIds: readonly number[]): Promise<void> {
    if (patientIds.length > 0) await tx.query(sql.LOG_READ, [patientIds]);
  }
}
