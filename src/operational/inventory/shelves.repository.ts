import { Injectable } from '@nestjs/common';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import type { LotStatus } from './lots.types.js';
import * as sql from './shelves.sql.js';

/** A shelf with stock. */
export interface Bin {
  readonly bin: string | null;
  readonly lots: number;
  readonly products: number;
  readonly value: string;
}

/** What part of a lot becomes. */
export interface Part {
  readonly status: LotStatus;
  readonly expiryDate: string | null;
  readonly bin: string | null;
}

@Injectable()
export class ShelvesRepository {
  async findBins(
    tx: Tx,
    branchId: number,
    q: string | undefined,
    page: number,
    limit: number,
  ): Promise<[Bin[], number]> {
    const pattern = q === undefined ? null : `%${escapeLike(q)}%`;
    const values = [branchId, pattern, limit, (page - 1) * limit];
    const rows = await tx.query<Bin & { rowTotal: number }>(sql.FIND_BINS, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  /** Answers whether the lot still had the version. */
  async moveLot(
    tx: Tx,
    branchId: number,
    lotId: number,
    version: number,
    bin: string | null,
  ): Promise<boolean> {
    return (await tx.execute(sql.MOVE_LOT, [branchId, lotId, version, bin])) === 1;
  }

  lockLot(
    tx: Tx,
    branchId: number,
    lotId: number,
  ): Promise<{ status: LotStatus; expiryDate: string | null } | undefined> {
    return tx.maybeOne(sql.LOCK_LOT, [branchId, lotId]);
  }

  /** The lot that part of a lot goes into, made where there is none. */
  async partOf(
    tx: Tx,
    branchId: number,
    lotId: number,
    { status, expiryDate, bin }: Part,
    reason: string,
  ): Promise<number> {
    const values = [branchId, lotId, status, expiryDate, bin];
    const found = await tx.one<{ lotId: number | null }>(sql.FIND_PART, values);
    return found.lotId ?? (await tx.one<{ lotId: number }>(sql.INSERT_PART, [...values, reason])).lotId;
  }

  async repack(
    tx: Tx,
    branchId: number,
    fromLotId: number,
    toLotId: number,
    quantity: string,
    reason: string,
  ): Promise<void> {
    await tx.execute(sql.REPACK, [branchId, fromLotId, toLotId, quantity, reason]);
  }
}
