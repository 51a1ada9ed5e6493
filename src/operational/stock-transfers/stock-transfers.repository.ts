import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { LostRace } from '../../platform/errors/domain-error.js';
import * as sql from './stock-transfers.sql.js';
import type {
  Discrepancy,
  DiscrepancyKind,
  InTransitRow,
  Resolution,
  TransferHead,
  TransferLine,
  TransferStatus,
  TransitLot,
} from './stock-transfers.types.js';

/** Both ends of a transfer, and where it stands. */
export interface LockedTransfer {
  readonly status: TransferStatus;
  readonly fromBranchId: number;
  readonly toBranchId: number;
}

export interface StoredDiscrepancy extends Discrepancy {
  readonly reportedById: number;
}

/** A lot in transit and the lot of a branch that it goes into or came from. */
export interface LotPair {
  readonly transitLotId: number;
  readonly lotId: number;
}

/** Something that is not as it was sent. */
export interface NewDiscrepancy {
  readonly transitLotId: number;
  readonly kind: DiscrepancyKind;
  readonly quantity: string;
  readonly note: string | null;
}

type Direction = 'in' | 'out';

@Injectable()
export class StockTransfersRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: {
      readonly direction?: Direction;
      readonly status?: TransferStatus;
      readonly page: number;
      readonly limit: number;
    },
  ): Promise<[TransferHead[], number]> {
    const { direction, status, page, limit } = filter;
    const values = [branchId, direction ?? null, status ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<TransferHead & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, transferId: number): Promise<TransferHead | undefined> {
    return tx.maybeOne<TransferHead>(sql.FIND_ONE, [branchId, transferId]);
  }

  findLines(tx: Tx, branchId: number, transferId: number): Promise<TransferLine[]> {
    return tx.query<TransferLine>(sql.FIND_LINES, [branchId, transferId]);
  }

  findLots(tx: Tx, transferId: number): Promise<TransitLot[]> {
    return tx.query<TransitLot>(sql.FIND_LOTS, [transferId]);
  }

  findDiscrepancies(tx: Tx, transferId: number): Promise<StoredDiscrepancy[]> {
    return tx.query<StoredDiscrepancy>(sql.FIND_DISCREPANCIES, [transferId]);
  }

  lock(tx: Tx, branchId: number, transferId: number): Promise<LockedTransfer | undefined> {
    return tx.maybeOne<LockedTransfer>(sql.LOCK, [branchId, transferId]);
  }

  findBranches(tx: Tx, branchId: number): Promise<{ branchId: number; code: string; name: string }[]> {
    return tx.query(sql.FIND_BRANCHES, [branchId]);
  }

  async insert(
    tx: Tx,
    transfer: {
      readonly fromBranchId: number;
      readonly toBranchId: number;
      readonly origin: 'request' | 'send';
      readonly note: string | null;
      readonly userId: number;
      readonly lines: readonly { readonly drugId: number; readonly quantity: string }[];
    },
  ): Promise<number> {
    const { fromBranchId, toBranchId, origin, note, userId, lines } = transfer;
    const values = [fromBranchId, toBranchId, origin, note, userId];
    const { transferId } = await tx.one<{ transferId: number }>(sql.INSERT, values);
    await tx.execute(sql.INSERT_LINES, [
      transferId,
      lines.map((line) => line.drugId),
      lines.map((line) => line.quantity),
    ]);
    return transferId;
  }

  async approveLines(
    tx: Tx,
    transferId: number,
    lines: readonly { readonly transferLineId: number; readonly quantity: string }[],
  ): Promise<void> {
    await tx.execute(sql.APPROVE_LINES, [
      transferId,
      lines.map((line) => line.transferLineId),
      lines.map((line) => line.quantity),
    ]);
  }

  async setStatus(
    tx: Tx,
    transferId: number,
    status: TransferStatus,
    userId: number,
    reason: string | null = null,
  ): Promise<void> {
    await tx.execute(sql.SET_STATUS, [transferId, status, userId, reason]);
  }

  findStanding(tx: Tx, transferId: number): Promise<{ isOnItsWay: boolean; isDisputed: boolean }> {
    return tx.one(sql.FIND_STANDING, [transferId]);
  }

  /** Locks chosen lots; answers those that are of their product and of this branch. */
  async lockChosen(
    tx: Tx,
    branchId: number,
    lots: readonly { readonly lotId: number; readonly drugId: number }[],
  ): Promise<Set<number>> {
    const values = [branchId, lots.map((lot) => lot.lotId), lots.map((lot) => lot.drugId)];
    const rows = await tx.query<{ lotId: number }>(sql.LOCK_CHOSEN, values);
    return new Set(rows.map((row) => row.lotId));
  }

  insertTransitLots(
    tx: Tx,
    transferId: number,
    lots: readonly { readonly transferLineId: number; readonly lotId: number }[],
  ): Promise<LotPair[]> {
    const values = [transferId, lots.map((lot) => lot.transferLineId), lots.map((lot) => lot.lotId)];
    return tx.query<LotPair>(sql.INSERT_TRANSIT_LOTS, values);
  }

  /** The lots of the branch that lots in transit go into, made where they are missing, and locked. Throws LostRace. */
  async lotsFor(
    tx: Tx,
    branchId: number,
    transitLotIds: readonly number[],
    as?: 'quarantined',
  ): Promise<LotPair[]> {
    const values = [branchId, transitLotIds, as ?? null];
    await tx.execute(sql.INSERT_LOTS, values);
    const pairs = await tx.query<LotPair>(sql.LOCK_LOTS, values);
    if (pairs.length !== transitLotIds.length) throw new LostRace('lot');
    return pairs;
  }

  lockSources(tx: Tx, branchId: number, transitLotIds: readonly number[]): Promise<LotPair[]> {
    return tx.query<LotPair>(sql.LOCK_SOURCES, [branchId, transitLotIds]);
  }

  /**
   * Posts both sides: movements of the branch, and what they are for transit. `quantity` of each pair is what goes into transit, negative for
   * what leaves it.
   */
  async post(
    tx: Tx,
    move: {
      readonly branchId: number;
      readonly kind: 'issue' | 'receive' | 'return';
      readonly pairs: readonly (LotPair & { readonly quantity: string })[];
      readonly reason: string;
      readonly witnessId?: number;
      readonly discrepancyId?: number;
    },
  ): Promise<void> {
    const { branchId, kind, pairs, reason, witnessId, discrepancyId } = move;
    if (pairs.length === 0) return;
    const rows = await tx.query<{ movementId: number; lotId: number }>(sql.INSERT_MOVEMENTS, [
      branchId,
      pairs.map((pair) => pair.lotId),
      pairs.map((pair) => opposite(pair.quantity)),
      reason,
      witnessId ?? null,
    ]);
    const movementOf = new Map(rows.map((row) => [row.lotId, row.movementId]));
    await tx.execute(sql.INSERT_TRANSIT_MOVEMENTS, [
      pairs.map((pair) => pair.transitLotId),
      pairs.map((pair) => pair.quantity),
      pairs.map((pair) => movementOf.get(pair.lotId)),
      kind,
      discrepancyId ?? null,
      witnessId ?? null,
    ]);
  }

  /** Takes out of transit what nobody gets. */
  async writeOff(
    tx: Tx,
    settled: { readonly transitLotId: number; readonly quantity: string; readonly discrepancyId: number },
    witnessId: number | undefined,
  ): Promise<void> {
    const { transitLotId, quantity, discrepancyId } = settled;
    const values = [
      [transitLotId],
      [opposite(quantity)],
      [null],
      'write_off',
      discrepancyId,
      witnessId ?? null,
    ];
    await tx.execute(sql.INSERT_TRANSIT_MOVEMENTS, values);
  }

  async insertDiscrepancies(tx: Tx, rows: readonly NewDiscrepancy[], userId: number): Promise<void> {
    if (rows.length === 0) return;
    await tx.execute(sql.INSERT_DISCREPANCIES, [
      rows.map((row) => row.transitLotId),
      rows.map((row) => row.kind),
      rows.map((row) => row.quantity),
      rows.map((row) => row.note),
      userId,
    ]);
  }

  async resolve(
    tx: Tx,
    discrepancyId: number,
    resolution: Resolution,
    note: string,
    userId: number,
  ): Promise<void> {
    await tx.execute(sql.RESOLVE, [discrepancyId, resolution, note, userId]);
  }

  async findInTransit(
    tx: Tx,
    branchId: number,
    filter: {
      readonly direction?: Direction;
      readonly drugId?: number;
      readonly page: number;
      readonly limit: number;
    },
  ): Promise<[InTransitRow[], number]> {
    const { direction, drugId, page, limit } = filter;
    const values = [branchId, direction ?? null, drugId ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<InTransitRow & { rowTotal: number }>(sql.FIND_IN_TRANSIT, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }
}

const opposite = (quantity: string): string =>
  quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`;
