import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { Difference, Particulars } from './patient-merge.domain.js';
import type { MergeView } from './patient-merges.schemas.js';
import { findCandidates } from './patient-duplicates.sql.js';
import * as sql from './patient-merges.sql.js';
import type { PatientView } from './patients.schemas.js';
import { COLUMNS } from './patients.sql.js';

export type MergeRow = z.output<typeof MergeView>;

/** Two records of a branch, in the direction of the merge. */
export interface Pair {
  readonly survivorId: number;
  readonly mergedId: number;
}

@Injectable()
export class PatientMergesRepository {
  /** Holds both records, and what is prescribed under them, until the transaction ends. */
  async lock(tx: Tx, branchId: number, { survivorId, mergedId }: Pair): Promise<void> {
    await tx.query(sql.LOCK_PRESCRIPTIONS, [survivorId, mergedId]);
    await tx.query(sql.LOCK_RECORDS, [survivorId, mergedId, branchId]);
  }

  async insert(
    tx: Tx,
    branchId: number,
    { survivorId, mergedId }: Pair,
    by: { userId: number; reason: string; confirmed: readonly Difference[]; taken: Particulars },
  ): Promise<number> {
    const { userId, reason, confirmed, taken } = by;
    const values = [branchId, mergedId, survivorId, reason, confirmed, JSON.stringify(taken), userId];
    return (await tx.one<{ mergeId: number }>(sql.INSERT, values)).mergeId;
  }

  /** Gives what may change hands to the surviving record, and lets it answer for the other. */
  async move(tx: Tx, branchId: number, mergeId: number, { survivorId, mergedId }: Pair): Promise<void> {
    await tx.execute(sql.MOVE, [mergedId, survivorId, mergeId, branchId]);
    await tx.execute(sql.SET_MERGED, [mergedId, survivorId]);
  }

  /** True when the merge stood until now. */
  async undo(tx: Tx, mergeId: number, by: { userId: number; reason: string }): Promise<boolean> {
    return (await tx.execute(sql.UNDO, [mergeId, by.userId, by.reason])) === 1;
  }

  /** Lets the record stand for itself, and gives back what came with it. */
  async moveBack(tx: Tx, mergeId: number, { survivorId, mergedId }: Pair): Promise<void> {
    await tx.execute(sql.SET_MERGED, [mergedId, null]);
    await tx.execute(sql.MOVE_BACK, [survivorId, mergedId, mergeId]);
  }

  /** Records that may be of the same person, at most `limit`; to be judged. */
  async findCandidates(
    tx: Tx,
    branchId: number,
    patientId: number,
    limit: number,
  ): Promise<z.output<typeof PatientView>[]> {
    return tx.query<z.output<typeof PatientView>>(findCandidates(COLUMNS), [patientId, branchId, limit]);
  }

  async findOne(tx: Tx, branchId: number, mergeId: number): Promise<MergeRow | undefined> {
    return tx.maybeOne<MergeRow>(sql.FIND_ONE, [mergeId, branchId]);
  }

  async findPage(tx: Tx, patientId: number, cursor: number | undefined, limit: number): Promise<MergeRow[]> {
    return tx.query<MergeRow>(sql.FIND_PAGE, [patientId, cursor ?? null, limit]);
  }

  /** What stood on the surviving record where it took something. */
  async takenOf(tx: Tx, mergeId: number): Promise<Particulars> {
    return (await tx.one<{ taken: Particulars }>(sql.TAKEN, [mergeId])).taken;
  }
}
