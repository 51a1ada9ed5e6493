import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { BatchView, ExportRow } from './claims.schemas.js';
import * as sql from './claims.sql.js';

type Batch = z.output<typeof BatchView>;
type Row = z.output<typeof ExportRow>;

/** What is asked for: answered claims of a payer with days of service between two, so many at most. */
export interface ExportOf {
  readonly payerId: number;
  readonly from: string;
  readonly to: string;
  readonly limit: number;
}

export interface NewBatch {
  readonly payerId: number;
  readonly from: string;
  readonly to: string;
  readonly total: string;
  readonly content: string;
  readonly claimIds: readonly number[];
}

const money = (text: string): string => Money.of(text).toString();
const asShown = (row: Row): Row => ({
  ...row,
  amountClaimed: money(row.amountClaimed),
  payerShare: money(row.payerShare),
  patientShare: money(row.patientShare),
});

/** Batches of claims. */
@Injectable()
export class BatchesRepository {
  async export(tx: Tx, branchId: number, of: ExportOf): Promise<Row[]> {
    return (await tx.query<Row>(sql.EXPORT, [branchId, of.payerId, of.from, of.to, of.limit])).map(asShown);
  }

  /** Those in no batch yet, under their locks. */
  async lockForBatch(tx: Tx, branchId: number, of: ExportOf): Promise<Row[]> {
    return (await tx.query<Row>(sql.TO_BATCH, [branchId, of.payerId, of.from, of.to, of.limit])).map(asShown);
  }

  async insert(tx: Tx, branchId: number, userId: number, batch: NewBatch): Promise<number> {
    const { batchId } = await tx.one<{ batchId: number }>(sql.INSERT_BATCH, [
      branchId,
      batch.payerId,
      batch.from,
      batch.to,
      batch.claimIds.length,
      batch.total,
      batch.content,
      userId,
    ]);
    await tx.execute(sql.PUT_IN_BATCH, [batch.claimIds, batchId]);
    return batchId;
  }

  async findPage(
    tx: Tx,
    branchId: number,
    { payerId, page, limit }: { payerId?: number; page: number; limit: number },
  ): Promise<[Batch[], number]> {
    const [rows, { total }] = await Promise.all([
      tx.query<Batch>(sql.BATCHES, [branchId, payerId ?? null, limit, (page - 1) * limit]),
      tx.one<{ total: number }>(sql.COUNT_BATCHES, [branchId, payerId ?? null]),
    ]);
    return [rows.map((row) => ({ ...row, total: money(row.total) })), total];
  }

  async find(tx: Tx, branchId: number, batchId: number): Promise<Batch | undefined> {
    const row = await tx.maybeOne<Batch>(sql.BATCH_BY_ID, [branchId, batchId]);
    return row && { ...row, total: money(row.total) };
  }

  async content(tx: Tx, branchId: number, batchId: number): Promise<string | undefined> {
    return (await tx.maybeOne<{ content: string }>(sql.BATCH_CONTENT, [branchId, batchId]))?.content;
  }
}
