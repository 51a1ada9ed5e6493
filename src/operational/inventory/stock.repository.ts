import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { IssueLine, LotPick } from './inventory.types.js';
import * as sql from './stock.sql.js';

/** A pick with the number of the line (from 1) it belongs to. */
export interface LinePick extends LotPick {
  readonly lineNo: number;
}

/** What one ledger row of an issue took. */
export interface Issued {
  readonly saleItemId: number | null;
  readonly fillId: number | null;
  readonly lotId: number;
  readonly quantity: string;
}

/** A lot with what is free of it, base units as a decimal string. */
export interface FreeLot {
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly free: string;
  /** Available and not expired. */
  readonly isDispensable: boolean;
}

/** Base units going back to a lot for a return line. */
export interface Restocking {
  readonly lotId: number;
  readonly quantity: string;
  readonly saleItemId: number;
}

/** The statements that move or hold stock. */
@Injectable()
export class StockRepository {
  async issue(
    tx: Tx,
    branchId: number,
    type: 'dispense' | 'sale',
    lines: readonly IssueLine[],
  ): Promise<LinePick[]> {
    return tx.query<LinePick>(sql.ISSUE_STOCK, [
      branchId,
      type,
      lines.map((line) => line.drugId),
      lines.map((line) => line.quantity),
      lines.map((line) => line.fillId ?? null),
      lines.map((line) => line.saleItemId ?? null),
    ]);
  }

  /** Locks the lots and answers what they would give: less than asked when there is less. */
  async planFefo(tx: Tx, branchId: number, drugId: number, quantity: string): Promise<LotPick[]> {
    return tx.query<LotPick>(sql.PLAN_FEFO, [branchId, drugId, quantity]);
  }

  /** The same for several lines at once. */
  async planLines(
    tx: Tx,
    branchId: number,
    lines: readonly { readonly drugId: number; readonly quantity: string }[],
  ): Promise<LinePick[]> {
    return tx.query<LinePick>(sql.PLAN_LINES, [
      branchId,
      lines.map((line) => line.drugId),
      lines.map((line) => line.quantity),
    ]);
  }

  async insertReservations(
    tx: Tx,
    branchId: number,
    fillId: number,
    picks: readonly LotPick[],
  ): Promise<void> {
    await tx.execute(sql.INSERT_RESERVATIONS, [
      branchId,
      fillId,
      picks.map((pick) => pick.lotId),
      picks.map((pick) => pick.quantity),
    ]);
  }

  /** Locks what a fill has reserved and the lot it is to have, where it is to have another. */
  async lockReservedLots(tx: Tx, fillId: number, wantedLotId?: number): Promise<void> {
    await tx.query(sql.LOCK_RESERVED_LOTS, [fillId, wantedLotId ?? null]);
  }

  findFree(tx: Tx, branchId: number, lotId: number): Promise<FreeLot | undefined> {
    return tx.maybeOne<FreeLot>(sql.FIND_FREE, [branchId, lotId]);
  }

  /** Lots of a product that recalls set aside and that lie there still, those of the newest recall first; twenty at the most. */
  findRecalled(
    tx: Tx,
    branchId: number,
    drugId: number,
  ): Promise<{ readonly recallId: number; readonly lotNumber: string }[]> {
    return tx.query(sql.FIND_RECALLED, [branchId, drugId]);
  }

  async closeReservations(tx: Tx, fillId: number, status: 'consumed' | 'released'): Promise<LotPick[]> {
    return tx.query<LotPick>(sql.CLOSE_RESERVATIONS, [fillId, status]);
  }

  async insertDispenseMovements(
    tx: Tx,
    branchId: number,
    fillId: number,
    picks: readonly LotPick[],
  ): Promise<void> {
    await tx.execute(sql.INSERT_DISPENSE_MOVEMENTS, [
      branchId,
      fillId,
      picks.map((pick) => pick.lotId),
      picks.map((pick) => pick.quantity),
    ]);
  }

  async findIssued(
    tx: Tx,
    branchId: number,
    saleItemIds: readonly number[],
    fillIds: readonly number[],
  ): Promise<Issued[]> {
    return tx.query<Issued>(sql.FIND_ISSUED, [branchId, saleItemIds, fillIds]);
  }

  /** For each lot the quarantined lot beside it; makes the ones that are missing. */
  async quarantineLotsOf(tx: Tx, branchId: number, lotIds: readonly number[]): Promise<Map<number, number>> {
    if (lotIds.length === 0) return new Map();
    const rows = await tx.query<{ lotId: number; quarantineLotId: number | null }>(sql.FIND_QUARANTINE_LOTS, [
      branchId,
      lotIds,
    ]);
    const found = new Map<number, number>();
    for (const row of rows) {
      const made =
        row.quarantineLotId ??
        (await tx.one<{ lotId: number }>(sql.INSERT_QUARANTINE_LOT, [branchId, row.lotId])).lotId;
      found.set(row.lotId, made);
    }
    return found;
  }

  async lockLots(tx: Tx, branchId: number, lotIds: readonly number[]): Promise<void> {
    await tx.query(sql.LOCK_LOTS, [branchId, lotIds]);
  }

  async insertReturnMovements(tx: Tx, branchId: number, rows: readonly Restocking[]): Promise<void> {
    await tx.execute(sql.INSERT_RETURN_MOVEMENTS, [
      branchId,
      rows.map((row) => row.lotId),
      rows.map((row) => row.quantity),
      rows.map((row) => row.saleItemId),
    ]);
  }

  async findOnHand(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await tx.query<{ drugId: number; quantity: string }>(sql.FIND_ON_HAND, [branchId, drugIds]);
    return new Map(rows.map((row) => [row.drugId, row.quantity]));
  }

  async findDrugsInStock(tx: Tx, branchId: number): Promise<number[]> {
    const rows = await tx.query<{ drugId: number }>(sql.FIND_DRUGS_IN_STOCK, [branchId]);
    return rows.map((row) => row.drugId);
  }
}
