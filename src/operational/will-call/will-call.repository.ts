import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { BinView, CreateBin, UpdateBin, WillCallPage, WillCallQuery } from './will-call.schemas.js';
import * as sql from './will-call.sql.js';
import type { HoldReason } from './will-call.types.js';

type Page = z.output<typeof WillCallPage>;
type Bin = z.output<typeof BinView>;

@Injectable()
export class WillCallRepository {
  bins(tx: Tx, branchId: number, binId?: number): Promise<Bin[]> {
    return tx.query<Bin>(sql.BINS, [branchId, binId ?? null]);
  }

  async insertBin(tx: Tx, branchId: number, bin: z.output<typeof CreateBin>): Promise<number> {
    const values = [branchId, bin.code, bin.holdReason, bin.note];
    return (await tx.one<{ binId: number }>(sql.INSERT_BIN, values)).binId;
  }

  /** True when the bin was of that version. */
  async updateBin(
    tx: Tx,
    branchId: number,
    binId: number,
    { version, holdReason, note, active }: z.output<typeof UpdateBin>,
  ): Promise<boolean> {
    const changed = await tx.execute(sql.UPDATE_BIN, [
      binId,
      branchId,
      version,
      holdReason ?? null,
      holdReason !== undefined,
      note ?? null,
      note !== undefined,
      active ?? null,
    ]);
    return changed === 1;
  }

  binsInUse(tx: Tx, branchId: number): Promise<{ code: string; holdReason: HoldReason | null }[]> {
    return tx.query(sql.BINS_IN_USE, [branchId]);
  }

  findPage(
    tx: Tx,
    branchId: number,
    { minDays, bin, held, patientId, q, cursor, limit }: z.output<typeof WillCallQuery>,
    folded: string,
  ): Promise<Page['data']> {
    return tx.query(sql.FIND_PAGE, [
      branchId,
      ...[minDays, bin, held, patientId, q].map((value) => value ?? null),
      folded,
      cursor ?? null,
      limit,
    ]);
  }

  ages(tx: Tx, branchId: number): Promise<Page['ages']> {
    return tx.query(sql.AGES, [branchId]);
  }
}
