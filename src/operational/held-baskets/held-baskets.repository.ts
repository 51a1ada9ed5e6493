import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { HeldBasket, HeldBasketRow } from './held-baskets.schemas.js';
import * as sql from './held-baskets.sql.js';

const withMoney = <Row extends { total: string }>(row: Row): Row => ({
  ...row,
  total: Money.of(row.total).toString(),
});

@Injectable()
export class HeldBasketsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    { page, limit }: { readonly page: number; readonly limit: number },
  ): Promise<[HeldBasketRow[], number]> {
    const values = [branchId, limit, (page - 1) * limit];
    const rows = await tx.query<HeldBasketRow & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => withMoney(row)), rows[0]?.rowTotal ?? 0];
  }

  async find(tx: Tx, branchId: number, heldBasketId: number): Promise<HeldBasket | undefined> {
    const found = await tx.maybeOne<HeldBasket>(sql.FIND_ONE, [branchId, heldBasketId]);
    return found && withMoney(found);
  }

  async insert(
    tx: Tx,
    branchId: number,
    basket: { label: string | null; patientId: number | null; lines: readonly object[]; total: string },
  ): Promise<number> {
    const { label, patientId, lines, total } = basket;
    const values = [branchId, label, patientId, JSON.stringify(lines), total];
    return (await tx.one<{ heldBasketId: number }>(sql.INSERT, values)).heldBasketId;
  }

  /** False: it is not in that state any more. */
  async move(
    tx: Tx,
    branchId: number,
    heldBasketId: number,
    from: HeldBasket['status'],
    to: HeldBasket['status'],
  ): Promise<boolean> {
    return (await tx.execute(sql.MOVE, [branchId, heldBasketId, from, to])) === 1;
  }
}
