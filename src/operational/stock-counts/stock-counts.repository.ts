import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { AbcClass } from './abc.domain.js';
import type {
  CountLine,
  CountScope,
  CountStatus,
  EnteredLine,
  StockCount,
  StockPolicy,
} from './stock-counts.types.js';
import * as sql from './stock-counts.sql.js';

/** A count as stored: what can be done with it is for the service to say. */
export type StoredCount = Omit<StockCount, 'commands'>;

/** What a count begins with. `drugIds` undefined: whatever product. */
export interface NewCount {
  readonly scope: CountScope;
  readonly bin: string | null;
  readonly abcClass: AbcClass | null;
  readonly note: string | null;
  readonly drugIds: readonly number[] | null;
}

/** A lot, and its line in the count where it has one. */
export interface LotOfCount {
  readonly lotId: number;
  readonly countLineId: number | null;
}

export interface LineFilter {
  readonly state?: string;
  readonly drugId?: number;
  readonly page: number;
  readonly limit: number;
}

/** A product with what it was worth to the branch. */
export interface ConsumedProduct {
  readonly drugId: number;
  readonly drugName: string;
  /** Thousandths, as a whole number in text. */
  readonly value: string;
  readonly consumptionValue: string;
  readonly lots: number;
  readonly lastCountedOn: string | null;
  readonly daysSince: number | null;
}

@Injectable()
export class StockCountsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    isTold: boolean,
    filter: { readonly status?: CountStatus; readonly page: number; readonly limit: number },
  ): Promise<[StoredCount[], number]> {
    const rows = await tx.query<StoredCount & { rowTotal: number }>(sql.FIND_PAGE, [
      branchId,
      isTold,
      filter.status ?? null,
      filter.limit,
      (filter.page - 1) * filter.limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, isTold: boolean, countId: number): Promise<StoredCount | undefined> {
    return tx.maybeOne<StoredCount>(sql.FIND_ONE, [branchId, isTold, countId]);
  }

  async lock(tx: Tx, branchId: number, countId: number): Promise<CountStatus | undefined> {
    return (await tx.maybeOne<{ status: CountStatus }>(sql.LOCK, [branchId, countId]))?.status;
  }

  async insert(
    tx: Tx,
    branchId: number,
    count: NewCount,
    policy: StockPolicy,
    userId: number,
  ): Promise<number> {
    const { countId } = await tx.one<{ countId: number }>(sql.INSERT, [
      branchId,
      count.scope,
      count.bin,
      count.abcClass,
      count.note,
      policy.recountShare,
      policy.recountValue,
      userId,
    ]);
    return countId;
  }

  /** Answers how many lots came in; one more than `most` at the most. */
  insertLines(
    tx: Tx,
    branchId: number,
    countId: number,
    { bin, drugIds }: NewCount,
    most: number,
  ): Promise<number> {
    return tx.execute(sql.INSERT_LINES, [branchId, countId, bin, drugIds, most + 1]);
  }

  async findOpenCounts(tx: Tx, branchId: number, { bin, drugIds }: NewCount): Promise<number[]> {
    const rows = await tx.query<{ countId: number }>(sql.FIND_OPEN_COUNTS, [branchId, bin, drugIds]);
    return rows.map((row) => row.countId);
  }

  async findLines(
    tx: Tx,
    branchId: number,
    countId: number,
    isTold: boolean,
    filter: LineFilter,
  ): Promise<[CountLine[], number]> {
    const rows = await tx.query<CountLine & { rowTotal: number }>(sql.FIND_LINES, [
      branchId,
      countId,
      isTold,
      filter.state ?? null,
      filter.drugId ?? null,
      filter.limit,
      (filter.page - 1) * filter.limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  /** Lots of a product with this number; an expiry of undefined: whatever it is, null: none stated. */
  findNamedLots(
    tx: Tx,
    branchId: number,
    countId: number,
    lot: {
      readonly drugId: number;
      readonly lotNumber: string;
      readonly expiryDate: string | null | undefined;
    },
  ): Promise<LotOfCount[]> {
    const { drugId, lotNumber, expiryDate } = lot;
    const values = [branchId, drugId, lotNumber, expiryDate ?? null, expiryDate !== undefined, countId];
    return tx.query<LotOfCount>(sql.FIND_NAMED_LOTS, values);
  }

  findLineOfLot(tx: Tx, branchId: number, countId: number, lotId: number): Promise<LotOfCount | undefined> {
    return tx.maybeOne<LotOfCount>(sql.FIND_LINE_OF_LOT, [branchId, lotId, countId]);
  }

  async lastCost(tx: Tx, branchId: number, drugId: number): Promise<string | undefined> {
    return (await tx.maybeOne<{ cost: string }>(sql.LAST_COST, [branchId, drugId]))?.cost;
  }

  async insertFoundLot(
    tx: Tx,
    branchId: number,
    countId: number,
    lot: {
      readonly drugId: number;
      readonly lotNumber: string;
      readonly expiryDate: string | null;
      readonly unitCost: string;
    },
  ): Promise<number> {
    const { drugId, lotNumber, expiryDate, unitCost } = lot;
    const values = [branchId, drugId, lotNumber, expiryDate, unitCost, `found in count ${countId}`];
    return (await tx.one<{ lotId: number }>(sql.INSERT_FOUND_LOT, values)).lotId;
  }

  async insertFoundLine(tx: Tx, branchId: number, countId: number, lotId: number): Promise<number> {
    return (await tx.one<{ countLineId: number }>(sql.INSERT_FOUND_LINE, [branchId, countId, lotId]))
      .countLineId;
  }

  async insertEntries(
    tx: Tx,
    branchId: number,
    countId: number,
    entries: readonly { readonly countLineId: number; readonly counted: string }[],
    userId: number,
  ): Promise<EnteredLine[]> {
    const lineIds = entries.map((entry) => entry.countLineId);
    await tx.execute(sql.INSERT_ENTRIES, [
      branchId,
      countId,
      lineIds,
      entries.map((entry) => entry.counted),
      userId,
    ]);
    return tx.query<EnteredLine>(sql.FIND_ENTERED, [branchId, lineIds]);
  }

  /** Answers how many lines are to be counted once more. */
  askRecount(
    tx: Tx,
    branchId: number,
    countId: number,
    lineIds: readonly number[] | undefined,
  ): Promise<number> {
    return tx.execute(sql.ASK_RECOUNT, [branchId, countId, lineIds ?? null]);
  }

  async leaveUncounted(tx: Tx, branchId: number, countId: number): Promise<void> {
    await tx.execute(sql.LEAVE_UNCOUNTED, [branchId, countId]);
  }

  async setStatus(
    tx: Tx,
    countId: number,
    status: CountStatus,
    userId: number,
    note: string | null = null,
  ): Promise<void> {
    await tx.execute(sql.SET_STATUS, [countId, status, userId, note]);
  }

  async hasCounted(tx: Tx, countId: number, userId: number): Promise<boolean> {
    return (await tx.one<{ hasCounted: boolean }>(sql.HAS_COUNTED, [countId, userId])).hasCounted;
  }

  /** Locks the lots that differ and answers those that hold less than is missing. */
  async lockDiffering(tx: Tx, branchId: number, countId: number): Promise<number[]> {
    const rows = await tx.query<{ lotId: number; isBelow: boolean }>(sql.LOCK_DIFFERING, [branchId, countId]);
    return rows.filter((row) => row.isBelow).map((row) => row.lotId);
  }

  async post(tx: Tx, branchId: number, countId: number): Promise<void> {
    await tx.execute(sql.POST, [branchId, countId]);
  }

  findConsumption(tx: Tx, branchId: number): Promise<ConsumedProduct[]> {
    return tx.query<ConsumedProduct>(sql.FIND_CONSUMPTION, [branchId]);
  }

  findPolicy(tx: Tx, branchId: number): Promise<StockPolicy | undefined> {
    return tx.maybeOne<StockPolicy>(sql.FIND_POLICY, [branchId]);
  }

  /** Answers whether the policy still had the version. */
  async savePolicy(tx: Tx, branchId: number, policy: StockPolicy): Promise<boolean> {
    const { version, cycleDaysA, cycleDaysB, cycleDaysC, recountShare, recountValue, adjustmentLimit } =
      policy;
    const values = [
      branchId,
      version,
      cycleDaysA,
      cycleDaysB,
      cycleDaysC,
      recountShare,
      recountValue,
      adjustmentLimit,
    ];
    return (await tx.query(sql.SAVE_POLICY, values)).length === 1;
  }
}
