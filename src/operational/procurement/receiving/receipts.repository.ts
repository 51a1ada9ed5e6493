import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { COUNT_LIMIT } from '../../../platform/http/schemas.js';
import type { BarcodeKind } from '../../../reference/barcodes/barcodes.types.js';
import type { OrderedSoFar } from './receipt-figures.domain.js';
import type { Receipt, ReceiptQuery, ReceiptWithItems } from './receipts.schemas.js';
import * as sql from './receipts.sql.js';

/** An order line as receiving needs it. */
export interface OpenLine extends OrderedSoFar {
  readonly lineNo: number;
  readonly drugId: number;
  readonly unitBaseUnits: string;
  readonly tolerance: string;
  /** Base units that were to come free, and have come. */
  readonly bonusOrdered: string;
  readonly bonusReceived: string;
}

/** A code of a product and the base units of one scan; null: not known. */
export interface CodeOfDrug {
  readonly drugId: number;
  readonly code: string;
  readonly gtin: string;
  readonly kind: BarcodeKind;
  readonly baseUnits: string | null;
}

interface RefusalToStore {
  readonly purchaseOrderItemId: number | null;
  readonly drugId: number;
  readonly quantity: string;
  readonly reason: string;
  readonly note?: string | undefined;
  readonly lotNumber?: string | undefined;
  readonly expiryDate?: string | undefined;
}

interface ItemToReverse {
  readonly goodsReceiptItemId: number;
  readonly movementId: number;
  readonly lotId: number;
  readonly quantity: string;
  readonly purchaseOrderId: number | null;
  readonly isReversed: boolean;
}

@Injectable()
export class ReceiptsRepository {
  orderedSoFar(tx: Tx, purchaseOrderId: number): Promise<OpenLine[]> {
    return tx.query<OpenLine>(sql.ORDERED_SO_FAR, [purchaseOrderId]);
  }

  async findPage(
    tx: Tx,
    branchId: number,
    query: z.output<typeof ReceiptQuery>,
  ): Promise<[rows: Receipt[], counted: number]> {
    const filter = [
      branchId,
      query.purchaseOrderId ?? null,
      query.supplierId ?? null,
      query.drugId ?? null,
      query.from ?? null,
      query.to ?? null,
    ];
    const [rows, counted] = await Promise.all([
      tx.query<Receipt>(sql.FIND_PAGE, [...filter, query.limit, (query.page - 1) * query.limit]),
      tx.one<{ total: number }>(sql.COUNT, [...filter, COUNT_LIMIT + 1]),
    ]);
    return [rows, counted.total];
  }

  async find(tx: Tx, branchId: number, goodsReceiptId: number): Promise<ReceiptWithItems | undefined> {
    const [receipt, items, refused] = await Promise.all([
      tx.maybeOne<Receipt>(sql.FIND_ONE, [branchId, goodsReceiptId]),
      tx.query<ReceiptWithItems['items'][number]>(sql.ITEMS, [goodsReceiptId]),
      tx.query<ReceiptWithItems['refused'][number]>(sql.REFUSALS, [goodsReceiptId]),
    ]);
    return receipt && { ...receipt, items, refused };
  }

  async insertRefusals(
    tx: Tx,
    branchId: number,
    goodsReceiptId: number,
    rows: readonly RefusalToStore[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.execute(sql.INSERT_REFUSALS, [
      branchId,
      goodsReceiptId,
      rows.map((row) => row.purchaseOrderItemId),
      rows.map((row) => row.drugId),
      rows.map((row) => row.quantity),
      rows.map((row) => row.reason),
      rows.map((row) => row.note ?? null),
      rows.map((row) => row.lotNumber ?? null),
      rows.map((row) => row.expiryDate ?? null),
    ]);
  }

  findItem(
    tx: Tx,
    branchId: number,
    goodsReceiptId: number,
    goodsReceiptItemId: number,
  ): Promise<ItemToReverse | undefined> {
    return tx.maybeOne<ItemToReverse>(sql.RECEIPT_ITEM, [branchId, goodsReceiptId, goodsReceiptItemId]);
  }

  async lockOrder(tx: Tx, purchaseOrderId: number): Promise<void> {
    await tx.execute(sql.LOCK_ORDER, [purchaseOrderId]);
  }

  /** The database refuses it where something of it has left. */
  async reverse(tx: Tx, branchId: number, item: ItemToReverse, reason: string): Promise<void> {
    const { goodsReceiptItemId, lotId, quantity, movementId } = item;
    const moved = await tx.one<{ movementId: number }>(sql.INSERT_REVERSAL_MOVEMENT, [
      branchId,
      lotId,
      quantity,
      reason,
      movementId,
    ]);
    await tx.execute(sql.INSERT_REVERSAL, [goodsReceiptItemId, branchId, moved.movementId, reason]);
  }

  recalled(tx: Tx, drugIds: readonly number[]): Promise<{ drugId: number; lotNumber: string }[]> {
    return tx.query(sql.RECALLED, [drugIds]);
  }

  codes(tx: Tx, drugIds: readonly number[]): Promise<CodeOfDrug[]> {
    return tx.query<CodeOfDrug>(sql.CODES, [drugIds]);
  }
}
