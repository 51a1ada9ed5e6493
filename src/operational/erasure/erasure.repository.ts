import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type {
  CreateErasureRequest,
  ErasedIdentities,
  ErasureRequestView,
  RetentionRule,
  UpdateRetentionRule,
} from './erasure.schemas.js';
import type { ErasedRecord } from './erasure-list.js';
import * as sql from './erasure.sql.js';

export type RequestRow = z.output<typeof ErasureRequestView>;
export type RuleRow = z.output<typeof RetentionRule>;
export type IdentityRow = z.output<typeof ErasedIdentities>['data'][number];

/** A table with rows about the person: what would be done with them today. */
export interface PlanRow {
  readonly recordClass: string;
  readonly tableName: string;
  readonly records: number;
  /** Last day they are held; null: they go at once. */
  readonly heldUntil: string | null;
  readonly legalBasis: string | null;
  readonly source: string | null;
}

@Injectable()
export class ErasureRepository {
  plan(tx: Tx, patientId: number): Promise<PlanRow[]> {
    return tx.query<PlanRow>(sql.PLAN, [patientId]);
  }

  blockers(tx: Tx, patientId: number): Promise<{ kind: string; records: number }[]> {
    return tx.query(sql.BLOCKERS, [patientId]);
  }

  async insert(
    tx: Tx,
    branchId: number,
    patientId: number,
    input: z.output<typeof CreateErasureRequest>,
  ): Promise<number> {
    const { requestedBy, requesterName, identityProof, reason } = input;
    const values = [branchId, patientId, requestedBy, requesterName ?? null, identityProof, reason];
    return (await tx.one<{ erasureRequestId: number }>(sql.INSERT, values)).erasureRequestId;
  }

  find(tx: Tx, branchId: number, requestId: number): Promise<RequestRow | undefined> {
    return tx.maybeOne<RequestRow>(sql.FIND, [branchId, requestId]);
  }

  async findPage(
    tx: Tx,
    branchId: number,
    filter: { status: string | undefined; page: number; limit: number },
  ): Promise<[RequestRow[], number]> {
    const { status = null, page, limit } = filter;
    const { total } = await tx.one<{ total: number }>(sql.COUNT, [branchId, status]);
    return [await tx.query<RequestRow>(sql.FIND_PAGE, [branchId, status, limit, (page - 1) * limit]), total];
  }

  /** Takes the row lock decisions queue on; false when there is none. */
  async lock(tx: Tx, branchId: number, requestId: number): Promise<boolean> {
    return (await tx.maybeOne(sql.LOCK, [branchId, requestId])) !== undefined;
  }

  async decide(
    tx: Tx,
    requestId: number,
    by: { userId: number; status: 'refused' | 'withdrawn'; reason: string },
  ): Promise<void> {
    await tx.execute(sql.DECIDE, [requestId, by.status, by.userId, by.reason]);
  }

  /** Erases all that no rule holds; answers what was blanked in the audit trail, null: nothing was. */
  async carryOut(tx: Tx, requestId: number): Promise<Buffer | null> {
    return (await tx.one<{ hashes: Buffer | null }>(sql.CARRY_OUT, [requestId])).hashes;
  }

  /** Erases what was held and whose last day has gone by. */
  async release(tx: Tx, requestId: number): Promise<Buffer | null> {
    return (await tx.one<{ hashes: Buffer | null }>(sql.RELEASE, [requestId])).hashes;
  }

  /** Requests of which something's last day has gone by, at most so many. */
  findDue(tx: Tx, most: number): Promise<{ erasureRequestId: number; branchId: number }[]> {
    return tx.query(sql.FIND_DUE, [most]);
  }

  async branchIds(tx: Tx): Promise<number[]> {
    return (await tx.query<{ branchId: number }>(sql.BRANCHES)).map(({ branchId }) => branchId);
  }

  /** Every record that was erased, by each number. */
  erasedRecords(tx: Tx): Promise<ErasedRecord[]> {
    return tx.query<ErasedRecord>(sql.ERASED_RECORDS);
  }

  /** Which of these records are not erased here. */
  async findBack(tx: Tx, records: readonly ErasedRecord[]): Promise<Set<number>> {
    const values = [records.map(({ patientId }) => patientId), records.map(({ createdAt }) => createdAt)];
    const rows = await tx.query<{ patientId: number }>(sql.FIND_BACK, values);
    return new Set(rows.map(({ patientId }) => patientId));
  }

  /** The record that answers for a number, as long as it is not erased. */
  async survivorOf(tx: Tx, patientId: number): Promise<number | undefined> {
    return (await tx.maybeOne<{ patientId: number }>(sql.SURVIVOR, [patientId]))?.patientId;
  }

  async findPending(tx: Tx, patientId: number): Promise<number | undefined> {
    const row = await tx.maybeOne<{ erasureRequestId: number }>(sql.FIND_PENDING, [patientId]);
    return row?.erasureRequestId;
  }

  readIdentities(tx: Tx, requestId: number, reason: string): Promise<IdentityRow[]> {
    return tx.query<IdentityRow>(sql.READ_IDENTITIES, [requestId, reason]);
  }

  rules(tx: Tx): Promise<RuleRow[]> {
    return tx.query<RuleRow>(sql.RULES);
  }

  async updateRule(
    tx: Tx,
    recordClass: string,
    userId: number,
    input: z.output<typeof UpdateRetentionRule>,
  ): Promise<boolean> {
    const { years, legalBasis, source, version } = input;
    return (
      (await tx.execute(sql.UPDATE_RULE, [recordClass, years, legalBasis, source, userId, version])) === 1
    );
  }
}
