import { Injectable } from '@nestjs/common';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import type { NewAdjustment } from './adjustments.repository.js';
import * as sql from './lots.sql.js';
import type { ExpiryBand, ExpiryBandName, Lot, LotStatus, Movement } from './lots.types.js';

/** What a list of lots may be narrowed by. */
export interface LotFilter {
  readonly drugId?: number;
  readonly expiringWithinDays?: number;
  readonly status?: LotStatus;
  readonly bin?: string;
  readonly supplierId?: number;
  readonly q?: string;
  readonly empty?: boolean;
  readonly page: number;
  readonly limit: number;
}

/** Lots, their status and their ledger. */
@Injectable()
export class LotsRepository {
  async findPage(tx: Tx, branchId: number, filter: LotFilter): Promise<[Lot[], number]> {
    const rows = await tx.query<Lot & { rowTotal: number }>(sql.FIND_LOTS, [
      branchId,
      filter.drugId ?? null,
      filter.expiringWithinDays ?? null,
      filter.status ?? null,
      filter.q === undefined ? null : `%${escapeLike(filter.q)}%`,
      filter.empty ?? filter.drugId !== undefined,
      filter.limit,
      (filter.page - 1) * filter.limit,
      filter.bin ?? null,
      filter.supplierId ?? null,
    ]);
    return [rows.map(({ rowTotal: _, ...lot }) => lot), rows[0]?.rowTotal ?? 0];
  }

  async find(tx: Tx, branchId: number, lotId: number): Promise<Lot | undefined> {
    return tx.maybeOne<Lot>(sql.FIND_LOT, [branchId, lotId]);
  }

  /** Locks the lot and, where there is one, the available lot it could join. */
  async lockWithTwin(
    tx: Tx,
    branchId: number,
    lotId: number,
  ): Promise<Pick<Lot, 'lotId' | 'status' | 'version' | 'quantity'>[]> {
    return tx.query(sql.LOCK_LOT_AND_TWIN, [branchId, lotId]);
  }

  /** Answers whether the lot still had the version. */
  async updateStatus(
    tx: Tx,
    lotId: number,
    version: number,
    status: LotStatus,
    reason: string,
  ): Promise<boolean> {
    return (await tx.execute(sql.UPDATE_LOT_STATUS, [lotId, version, status, reason])) === 1;
  }

  async insertAdjustment(tx: Tx, branchId: number, asked: NewAdjustment): Promise<number> {
    const { lotId, quantity, reason, correctsMovementId, reasonCode } = asked;
    const values = [branchId, lotId, quantity, reason, correctsMovementId, reasonCode];
    return (await tx.one<{ movementId: number }>(sql.INSERT_ADJUSTMENT, values)).movementId;
  }

  async findMovements(
    tx: Tx,
    branchId: number,
    filter: { drugId?: number; lotId?: number; cursor?: number; limit: number },
  ): Promise<Movement[]> {
    return tx.query<Movement>(sql.FIND_MOVEMENTS, [
      branchId,
      filter.drugId ?? null,
      filter.lotId ?? null,
      filter.cursor ?? null,
      filter.limit,
    ]);
  }

  async findExpiryBands(tx: Tx, branchId: number): Promise<ExpiryBand[]> {
    return tx.query<ExpiryBand>(sql.FIND_EXPIRY_BANDS, [branchId]);
  }

  async findExpiringLots(
    tx: Tx,
    branchId: number,
  ): Promise<(Lot & { band: ExpiryBandName; value: string })[]> {
    return tx.query(sql.FIND_EXPIRING_LOTS, [branchId]);
  }
}
