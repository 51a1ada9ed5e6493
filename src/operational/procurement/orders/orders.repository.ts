import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { escapeLike } from '../../../platform/database/like.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { LineFigures, OrderFigures } from './order-figures.domain.js';
import type { OrderStatus } from './order-status.domain.js';
import type { GivenLine, OrderQuery } from './orders.schemas.js';
import type { Order, OrderLine, OrderWithLines } from './orders.types.js';
import * as sql from './orders.sql.js';

/** An order under its lock. */
export interface LockedOrder {
  readonly purchaseOrderId: number;
  readonly status: OrderStatus;
  readonly needsApproval: boolean;
  readonly version: number;
  readonly supplierId: number;
  readonly createdById: number | null;
  readonly submittedById: number | null;
}

/** A line with the base units of its unit and its money. */
export type LineToStore = GivenLine & LineFigures & { readonly unitBaseUnits: string };

type Row = Omit<Order, 'commands'>;

@Injectable()
export class OrdersRepository {
  async findPage(tx: Tx, branchId: number, query: z.output<typeof OrderQuery>): Promise<[Row[], number]> {
    const filter = [
      branchId,
      query.status ?? null,
      query.supplierId ?? null,
      query.drugId ?? null,
      query.q === undefined ? null : `%${escapeLike(query.q)}%`,
      query.receivable ?? null,
    ];
    const [rows, counted] = await Promise.all([
      tx.query<Row>(sql.FIND_PAGE, [...filter, query.limit, (query.page - 1) * query.limit]),
      tx.one<{ total: number }>(sql.COUNT, filter),
    ]);
    return [rows, counted.total];
  }

  async find(
    tx: Tx,
    branchId: number,
    purchaseOrderId: number,
  ): Promise<Omit<OrderWithLines, 'commands'> | undefined> {
    const [order, lines, events] = await Promise.all([
      tx.maybeOne<Row>(sql.FIND_ONE, [branchId, purchaseOrderId]),
      tx.query<OrderLine>(sql.LINES, [purchaseOrderId]),
      tx.query<OrderWithLines['events'][number]>(sql.EVENTS, [purchaseOrderId]),
    ]);
    return order && { ...order, lines, events };
  }

  lock(tx: Tx, branchId: number, purchaseOrderId: number): Promise<LockedOrder | undefined> {
    return tx.maybeOne<LockedOrder>(sql.LOCK, [branchId, purchaseOrderId]);
  }

  lines(tx: Tx, purchaseOrderId: number): Promise<OrderLine[]> {
    return tx.query<OrderLine>(sql.LINES, [purchaseOrderId]);
  }

  supplier(
    tx: Tx,
    supplierId: number,
  ): Promise<{ active: boolean; email: string | null; minShelfLifeDays: number } | undefined> {
    return tx.maybeOne(sql.SUPPLIER, [supplierId]);
  }

  /** Base units in the unit of each line, in the order of the lines; status null: there is no such product. */
  units(
    tx: Tx,
    lines: readonly Pick<GivenLine, 'drugId' | 'level' | 'packId'>[],
  ): Promise<{ status: string | null; baseUnits: string | null }[]> {
    return tx.query(sql.UNITS, [
      lines.map((line) => line.drugId),
      lines.map((line) => line.level),
      lines.map((line) => line.packId ?? null),
    ]);
  }

  async insert(
    tx: Tx,
    branchId: number,
    order: { supplierId: number; expectedOn: string | null; notes: string | null },
    figures: OrderFigures,
  ): Promise<number> {
    const { discount, landedCost, netTotal, taxTotal, total } = figures;
    const values = [branchId, order.supplierId, order.expectedOn, order.notes];
    const row = await tx.one<{ purchaseOrderId: number }>(sql.INSERT, [
      ...values,
      ...[discount, landedCost, netTotal, taxTotal, total],
    ]);
    return row.purchaseOrderId;
  }

  /** Undefined leaves a value as it is. */
  async update(
    tx: Tx,
    purchaseOrderId: number,
    change: { supplierId?: number; expectedOn?: string | null; notes?: string | null },
  ): Promise<void> {
    const { supplierId, expectedOn, notes } = change;
    await tx.execute(sql.UPDATE, [
      purchaseOrderId,
      supplierId ?? null,
      expectedOn !== undefined,
      expectedOn ?? null,
      notes !== undefined,
      notes ?? null,
    ]);
  }

  async replaceLines(
    tx: Tx,
    branchId: number,
    purchaseOrderId: number,
    lines: readonly LineToStore[],
    figures: OrderFigures,
  ): Promise<void> {
    const { discount, landedCost, netTotal, taxTotal, total } = figures;
    await tx.execute(sql.DELETE_LINES, [purchaseOrderId]);
    await tx.execute(sql.UPDATE_TOTALS, [purchaseOrderId, discount, landedCost, netTotal, taxTotal, total]);
    await this.insertLines(tx, branchId, purchaseOrderId, lines);
  }

  async insertLines(
    tx: Tx,
    branchId: number,
    purchaseOrderId: number,
    lines: readonly LineToStore[],
  ): Promise<void> {
    if (lines.length === 0) return;
    await tx.execute(sql.INSERT_LINES, [
      branchId,
      purchaseOrderId,
      lines.map((line) => line.drugId),
      lines.map((line) => line.level),
      ...(
        [
          'unitBaseUnits',
          'quantity',
          'bonus',
          'price',
          'taxRate',
          'quantityOrdered',
          'quantityBonus',
          'gross',
          'discount',
          'headerDiscount',
          'net',
          'landedCost',
          'tax',
          'unitCost',
        ] as const
      ).map((key) => lines.map((line) => line[key])),
    ]);
  }

  async step(tx: Tx, purchaseOrderId: number, status: OrderStatus, reason: string | null): Promise<void> {
    await tx.execute(sql.STEP, [purchaseOrderId, status, reason]);
  }
}
