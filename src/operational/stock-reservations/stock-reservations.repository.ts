import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import * as sql from './stock-reservations.sql.js';

export type ReservationStatus = 'open' | 'released' | 'lapsed';

/** Stock kept for somebody for a time. */
export interface Reservation {
  readonly reservationId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly quantity: string;
  readonly heldFor: string | null;
  readonly status: ReservationStatus;
  readonly expiresAt: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly lots: readonly {
    readonly lotId: number;
    readonly lotNumber: string;
    readonly expiryDate: string | null;
    readonly bin: string | null;
    readonly quantity: string;
  }[];
}

@Injectable()
export class StockReservationsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: {
      readonly status?: ReservationStatus;
      readonly drugId?: number;
      readonly page: number;
      readonly limit: number;
    },
  ): Promise<[Reservation[], number]> {
    const { status, drugId, page, limit } = filter;
    const values = [branchId, status ?? null, drugId ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<Reservation & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, reservationId: number): Promise<Reservation | undefined> {
    return tx.maybeOne<Reservation>(sql.FIND_ONE, [branchId, reservationId]);
  }

  async lock(tx: Tx, branchId: number, reservationId: number): Promise<ReservationStatus | undefined> {
    return (await tx.maybeOne<{ status: ReservationStatus }>(sql.LOCK, [branchId, reservationId]))?.status;
  }

  async insert(
    tx: Tx,
    branchId: number,
    kept: {
      readonly drugId: number;
      readonly quantity: string;
      readonly heldFor: string | null;
      readonly minutes: number;
    },
    lots: readonly { readonly lotId: number; readonly quantity: string }[],
    userId: number,
  ): Promise<number> {
    const { drugId, quantity, heldFor, minutes } = kept;
    const values = [branchId, drugId, quantity, heldFor, minutes, userId];
    const { reservationId } = await tx.one<{ reservationId: number }>(sql.INSERT, values);
    await tx.execute(sql.INSERT_LOTS, [
      reservationId,
      lots.map((lot) => lot.lotId),
      lots.map((lot) => lot.quantity),
    ]);
    return reservationId;
  }

  /** Reservations whose time is over and nobody else has in hand. */
  async lockDue(tx: Tx, most: number): Promise<number[]> {
    const rows = await tx.query<{ reservationId: number }>(sql.LOCK_DUE, [most]);
    return rows.map((row) => row.reservationId);
  }

  /** Ends reservations that are locked, and frees their stock. */
  async close(
    tx: Tx,
    reservationIds: readonly number[],
    status: 'released' | 'lapsed',
    userId: number | null,
  ): Promise<void> {
    await tx.query(sql.LOCK_LOTS, [reservationIds]);
    await tx.execute(sql.CLOSE, [reservationIds, status, userId]);
    await tx.execute(sql.FREE_LOTS, [reservationIds]);
  }

  async branchIds(tx: Tx): Promise<number[]> {
    return (await tx.query<{ branchId: number }>(sql.BRANCH_IDS)).map((row) => row.branchId);
  }
}
