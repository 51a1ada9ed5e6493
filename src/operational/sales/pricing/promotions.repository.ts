import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { Money } from '../../../platform/money/money.js';
import type { CreatePromotion, PromotionRow } from './promotions.schemas.js';
import * as sql from './promotions.sql.js';

type Input = z.output<typeof CreatePromotion>;

const money = (text: string | null): string | null => (text === null ? null : Money.of(text).toString());

const shown = (row: PromotionRow): PromotionRow => ({
  ...row,
  amountOff: money(row.amountOff),
  bundlePrice: money(row.bundlePrice),
  takenOff: Money.of(row.takenOff).toString(),
});

const valuesOf = (input: Input): unknown[] => [
  input.name,
  input.nameAr ?? null,
  input.kind,
  input.kind === 'percent' ? input.percent : null,
  input.kind === 'amount' ? input.amountOff : null,
  input.kind === 'n_for_m' ? input.buyPacks : null,
  input.kind === 'n_for_m' ? input.payPacks : null,
  input.kind === 'bundle' ? input.bundlePrice : null,
  input.startsOn,
  input.endsOn ?? null,
  input.onPrescriptions,
];

@Injectable()
export class PromotionsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    asked: { readonly status?: string | undefined; readonly page: number; readonly limit: number },
  ): Promise<[PromotionRow[], number]> {
    const { status = null, page, limit } = asked;
    const values = [branchId, status, limit, (page - 1) * limit];
    const rows = await tx.query<PromotionRow & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => shown(row)), rows[0]?.rowTotal ?? 0];
  }

  async find(tx: Tx, branchId: number, promotionId: number): Promise<PromotionRow | undefined> {
    const row = await tx.maybeOne<PromotionRow>(sql.FIND_ONE, [branchId, promotionId]);
    return row && shown(row);
  }

  async insert(tx: Tx, at: { branchId: number; userId: number }, input: Input): Promise<number> {
    const values = [at.branchId, ...valuesOf(input), at.userId];
    const { promotionId } = await tx.one<{ promotionId: number }>(sql.INSERT, values);
    await this.insertTargets(tx, at.branchId, promotionId, input);
    return promotionId;
  }

  /** False: it has another version. */
  async update(
    tx: Tx,
    branchId: number,
    promotionId: number,
    version: number,
    input: Input,
  ): Promise<boolean> {
    const isChanged =
      (await tx.execute(sql.UPDATE, [branchId, promotionId, version, ...valuesOf(input)])) === 1;
    if (!isChanged) return false;
    await tx.execute(sql.DELETE_TARGETS, [promotionId]);
    await this.insertTargets(tx, branchId, promotionId, input);
    return true;
  }

  /** False: it has another version. */
  async end(
    tx: Tx,
    branchId: number,
    promotionId: number,
    version: number,
    userId: number,
  ): Promise<boolean> {
    return (await tx.execute(sql.END, [branchId, promotionId, version, userId])) === 1;
  }

  private async insertTargets(
    tx: Tx,
    branchId: number,
    promotionId: number,
    { targets }: Input,
  ): Promise<void> {
    await tx.execute(sql.INSERT_TARGETS, [
      branchId,
      promotionId,
      targets.map(({ drugId }) => drugId ?? null),
      targets.map(({ categoryId }) => categoryId ?? null),
      targets.map(({ companyId }) => companyId ?? null),
      targets.map(({ packs }) => packs),
    ]);
  }
}
