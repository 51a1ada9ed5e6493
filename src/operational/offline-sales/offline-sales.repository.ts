import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { TillProduct } from './offline-sales.schemas.js';
import * as sql from './offline-sales.sql.js';
import type {
  JudgedPrice,
  OfflineSaleContent,
  OfflineSaleRow,
  OfflineStep,
  PriceDifference,
} from './offline-sales.types.js';

/** A step about to be written. */
interface NewStep {
  readonly step: OfflineStep['step'];
  readonly code?: string;
  readonly params?: object;
  readonly note?: string | undefined;
  readonly cash?: 'kept' | 'returned';
  readonly movementId?: number | null;
}

/** A product of a sale as the branch has it now. */
interface ProductNow {
  readonly drugId: number;
  readonly nameAr: string | null;
  readonly unitsPerStrip: string | null;
  readonly unitsPerPack: string;
  readonly available: string;
}

interface Content {
  readonly content: OfflineSaleContent;
  readonly businessDate: string;
  readonly priceDifferences: PriceDifference[];
}

@Injectable()
export class OfflineSalesRepository {
  /** Takes a sale in; undefined: one of this identity is there. A twin under way is waited for. */
  insert(
    tx: Tx,
    branchId: number,
    sale: OfflineSaleContent,
  ): Promise<{ offlineSaleId: number; businessDate: string } | undefined> {
    const { clientId, receiptNumber, soldBy, soldAt, total } = sale;
    return tx.maybeOne(sql.INSERT, [
      branchId,
      clientId,
      receiptNumber,
      soldBy,
      soldAt,
      total,
      JSON.stringify(sale),
    ]);
  }

  findTwin(
    tx: Tx,
    branchId: number,
    sale: OfflineSaleContent,
  ): Promise<{ offlineSaleId: number; isSame: boolean } | undefined> {
    return tx.maybeOne(sql.FIND_TWIN, [branchId, sale.clientId, JSON.stringify(sale)]);
  }

  async countConflicts(tx: Tx): Promise<number> {
    return (await tx.one<{ conflicts: number }>(sql.COUNT_CONFLICTS)).conflicts;
  }

  /** Waits until nobody else decides about this sale. */
  async queueFor(tx: Tx, offlineSaleId: number): Promise<void> {
    await tx.query(sql.QUEUE_FOR, [offlineSaleId]);
  }

  /** The sale that an attempt before posted, whose answer never came; null: none, and none can come of it any more. */
  async claimAttempt(tx: Tx, { soldBy, attemptKey }: OfflineSaleContent): Promise<number | null> {
    if (attemptKey === undefined) return null;
    return (await tx.one<{ saleId: number | null }>(sql.CLAIM_ATTEMPT, [soldBy, attemptKey])).saleId;
  }

  judgePrices(tx: Tx, { items, soldAt }: OfflineSaleContent): Promise<JudgedPrice[]> {
    return tx.query<JudgedPrice>(sql.JUDGE_PRICES, [
      items.map(({ drugId }) => drugId),
      items.map(({ packPrice }) => packPrice),
      soldAt,
    ]);
  }

  async insertPost(
    tx: Tx,
    branchId: number,
    offlineSaleId: number,
    posted: { saleId: number; priceDifferences: readonly PriceDifference[] },
  ): Promise<void> {
    const differences = JSON.stringify(posted.priceDifferences);
    await tx.execute(sql.INSERT_POST, [branchId, offlineSaleId, posted.saleId, differences]);
  }

  async insertStep(tx: Tx, branchId: number, offlineSaleId: number, step: NewStep): Promise<void> {
    await tx.execute(sql.INSERT_STEP, [
      branchId,
      offlineSaleId,
      step.step,
      step.code ?? null,
      JSON.stringify(step.params ?? {}),
      step.note ?? null,
      step.cash ?? null,
      step.movementId ?? null,
    ]);
  }

  async findPage(
    tx: Tx,
    branchId: number,
    asked: { status?: OfflineSaleRow['status'] | undefined; page: number; limit: number },
  ): Promise<[OfflineSaleRow[], number]> {
    const { status, page, limit } = asked;
    const values = [branchId, status ?? null, null, limit, (page - 1) * limit];
    const rows = await tx.query<OfflineSaleRow & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => withMoney(row)), rows[0]?.rowTotal ?? 0];
  }

  async find(tx: Tx, branchId: number, offlineSaleId: number): Promise<OfflineSaleRow | undefined> {
    const values = [branchId, null, offlineSaleId, 1, 0];
    const row = await tx.maybeOne<OfflineSaleRow & { rowTotal: number }>(sql.FIND_PAGE, values);
    if (!row) return undefined;
    const { rowTotal: _, ...found } = row;
    return withMoney(found);
  }

  findContent(tx: Tx, branchId: number, offlineSaleId: number): Promise<Content | undefined> {
    return tx.maybeOne<Content>(sql.FIND_CONTENT, [branchId, offlineSaleId]);
  }

  async findStock(
    tx: Tx,
    branchId: number,
    drugIds: readonly number[],
  ): Promise<ReadonlyMap<number, ProductNow>> {
    const rows = await tx.query<ProductNow>(sql.FIND_STOCK, [branchId, drugIds]);
    return new Map(rows.map((row) => [row.drugId, row]));
  }

  findSteps(tx: Tx, offlineSaleId: number): Promise<OfflineStep[]> {
    return tx.query<OfflineStep>(sql.FIND_STEPS, [offlineSaleId]);
  }

  async findProducts(tx: Tx, branchId: number, after: number, limit: number): Promise<TillProduct[]> {
    const rows = await tx.query<TillProduct>(sql.FIND_PRODUCTS, [branchId, after, limit]);
    return rows.map((row) => ({
      ...row,
      price: Money.of(row.price).toString(),
      priceCeiling: row.priceCeiling === null ? null : Money.of(row.priceCeiling).toString(),
      unitsPerStrip: row.unitsPerStrip === null ? null : Quantity.of(row.unitsPerStrip).toString(),
      unitsPerPack: Quantity.of(row.unitsPerPack).toString(),
    }));
  }

  async findVersion(tx: Tx, branchId: number): Promise<string> {
    return (await tx.one<{ version: string }>(sql.FIND_VERSION, [branchId])).version;
  }
}

const withMoney = (row: OfflineSaleRow): OfflineSaleRow => ({
  ...row,
  total: Money.of(row.total).toString(),
});
