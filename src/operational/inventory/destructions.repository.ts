import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './destructions.sql.js';
import type { Destruction, DestructionReason, DestructionStatus } from './destructions.types.js';

/** What is to be destroyed, and who does it. Base units. */
export interface ToDestroy {
  readonly lotId: number;
  readonly quantity: string;
  readonly reason: DestructionReason;
  readonly note: string | null;
  readonly requestedById: number;
}

@Injectable()
export class DestructionsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    status: DestructionStatus | undefined,
    page: number,
    limit: number,
  ): Promise<[Destruction[], number]> {
    const rows = await tx.query<Destruction & { rowTotal: number }>(sql.FIND_PAGE, [
      branchId,
      status ?? null,
      limit,
      (page - 1) * limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, destructionId: number): Promise<Destruction | undefined> {
    return tx.maybeOne<Destruction>(sql.FIND_ONE, [branchId, destructionId]);
  }

  lock(
    tx: Tx,
    branchId: number,
    destructionId: number,
  ): Promise<(ToDestroy & { status: DestructionStatus }) | undefined> {
    return tx.maybeOne(sql.LOCK, [branchId, destructionId]);
  }

  /** Which of the products two people receive and destroy, by the jurisdiction of the branch. */
  async twoPersonDrugs(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ drugId: number }>(sql.TWO_PERSON_DRUGS, [branchId, drugIds]);
    return rows.map((row) => row.drugId);
  }

  /** Takes the stock out of its lot; the database refuses what two people must sign without both. */
  async insertMovement(
    tx: Tx,
    branchId: number,
    { lotId, quantity, reason, note, requestedById }: ToDestroy,
    witnessId: number | undefined,
  ): Promise<number> {
    const text = note === null ? reason : `${reason}: ${note}`;
    const values = [branchId, lotId, quantity, text, requestedById, witnessId ?? null];
    return (await tx.one<{ movementId: number }>(sql.INSERT_MOVEMENT, values)).movementId;
  }

  async insert(
    tx: Tx,
    branchId: number,
    { lotId, quantity, reason, note, requestedById }: ToDestroy,
    movementId: number | undefined,
  ): Promise<number> {
    const values = [branchId, lotId, quantity, reason, note, requestedById, movementId ?? null];
    return (await tx.one<{ destructionId: number }>(sql.INSERT, values)).destructionId;
  }

  async close(
    tx: Tx,
    destructionId: number,
    end: { readonly movementId: number } | { readonly cancelReason: string },
    userId: number,
  ): Promise<void> {
    const isDone = 'movementId' in end;
    await tx.execute(sql.CLOSE, [
      destructionId,
      isDone ? 'destroyed' : 'cancelled',
      isDone ? end.movementId : null,
      isDone ? null : end.cancelReason,
      userId,
    ]);
  }
}
