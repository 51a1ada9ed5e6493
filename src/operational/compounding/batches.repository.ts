import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { batchCommands } from './batch-status.domain.js';
import type {
  BatchQuery,
  BatchSummary,
  BatchView,
  DiscardBatch,
  StartBatch,
  WeighItem,
} from './batches.schemas.js';
import * as sql from './batches.sql.js';
import type { CostedQuantity } from './compounding.domain.js';
import type { BatchStatus } from './compounding.types.js';
import type { FormulaView } from './formulas.schemas.js';

/** A batch under its row lock, with what its formula says. */
export interface LockedBatch {
  readonly batchId: number;
  readonly status: BatchStatus;
  readonly madeById: number | null;
  readonly quantity: string;
  readonly formulaId: number;
  readonly formulaVersion: number;
  readonly drugId: number;
  readonly prescriptionId: number | null;
  readonly beyondUseDays: number;
  readonly tolerancePercent: string;
  readonly yieldQuantity: string;
  readonly priceRule: FormulaView['priceRule'];
}

const withCommands = <Row extends { readonly status: BatchStatus }>(row: Row) => ({
  ...row,
  commands: batchCommands(row.status),
});

@Injectable()
export class BatchesRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    query: z.output<typeof BatchQuery>,
  ): Promise<[BatchSummary[], number]> {
    const rows = await tx.query<Omit<BatchSummary, 'commands'> & { rowTotal: number }>(sql.FIND_PAGE, [
      branchId,
      query.status ?? null,
      query.formulaId ?? null,
      query.prescriptionId ?? null,
      query.ingredientLotId ?? null,
      query.limit,
      (query.page - 1) * query.limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => withCommands(row)), rows[0]?.rowTotal ?? 0];
  }

  async findOne(tx: Tx, branchId: number, batchId: number): Promise<BatchView | undefined> {
    const found = await tx.maybeOne<Omit<BatchView, 'commands'>>(sql.FIND_ONE, [branchId, batchId]);
    return found && withCommands(found);
  }

  /** Locks the prescription it is made for, where there is one, then the batch: the order of all locks. */
  async lock(tx: Tx, branchId: number, batchId: number): Promise<LockedBatch | undefined> {
    const found = await tx.maybeOne<{ prescriptionId: number | null }>(sql.PRESCRIPTION_OF, [
      branchId,
      batchId,
    ]);
    if (found?.prescriptionId) await tx.execute(sql.LOCK_PRESCRIPTION, [branchId, found.prescriptionId]);
    return tx.maybeOne<LockedBatch>(sql.LOCK, [branchId, batchId]);
  }

  async insert(
    tx: Tx,
    branchId: number,
    input: StartBatch & { readonly formulaVersion: number },
    userId: number,
  ): Promise<number> {
    if (input.prescriptionId !== undefined)
      await tx.execute(sql.LOCK_PRESCRIPTION, [branchId, input.prescriptionId]);
    const { batchId } = await tx.one<{ batchId: number }>(sql.INSERT, [
      branchId,
      input.formulaId,
      input.formulaVersion,
      input.quantity,
      input.prescriptionId ?? null,
      userId,
    ]);
    return batchId;
  }

  /** Keeps ingredients for a batch and answers what it got of each, by position from 1. */
  async insertItems(
    tx: Tx,
    branchId: number,
    batchId: number,
    needed: readonly { readonly drugId: number; readonly quantity: string }[],
  ): Promise<{ position: number; quantity: string }[]> {
    return tx.query(sql.INSERT_ITEMS, [
      branchId,
      batchId,
      needed.map(({ drugId }) => drugId),
      needed.map(({ quantity }) => quantity),
    ]);
  }

  async weigh(tx: Tx, input: WeighItem, userId: number): Promise<void> {
    const { batchItemId, quantity, waste, code, bypass } = input;
    await tx.execute(sql.WEIGH, [
      batchItemId,
      quantity,
      waste,
      code ?? null,
      bypass?.reason ?? null,
      bypass?.note ?? null,
      userId,
    ]);
  }

  async make(tx: Tx, batchId: number, userId: number, beyondUseDate: string): Promise<void> {
    await tx.execute(sql.MAKE, [batchId, userId, beyondUseDate]);
  }

  /** Answers the lot it became. */
  async release(tx: Tx, batchId: number, userId: number): Promise<number> {
    return (await tx.one<{ lotId: number }>(sql.RELEASE, [batchId, userId])).lotId;
  }

  async discard(
    tx: Tx,
    batchId: number,
    { reason, weighedBack }: DiscardBatch,
    userId: number,
    witnessId: number | undefined,
  ): Promise<void> {
    await tx.execute(sql.DISCARD, [batchId, userId, reason, weighedBack, witnessId ?? null]);
  }

  costs(tx: Tx, batchId: number): Promise<CostedQuantity[]> {
    return tx.query(sql.COSTS, [batchId]);
  }

  /** Products of which something is written off that two people destroy. */
  async needWitness(tx: Tx, branchId: number, batchId: number, weighedBack: boolean): Promise<number[]> {
    const rows = await tx.query<{ drugId: number }>(sql.NEED_WITNESS, [branchId, batchId, weighedBack]);
    return rows.map(({ drugId }) => drugId);
  }
}
