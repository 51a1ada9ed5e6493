import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { LostSaleRow } from './lost-sales.schemas.js';
import * as sql from './lost-sales.sql.js';
import type { LostSaleSource } from './lost-sales.types.js';

/** A wish: base units, or undefined for a pack. */
export interface Wish {
  readonly drugId: number;
  readonly quantity: string | undefined;
  readonly source: LostSaleSource;
}

@Injectable()
export class LostSalesRepository {
  /** False: it is noted already. */
  async note(tx: Tx, branchId: number, { drugId, quantity, source }: Wish): Promise<boolean> {
    return (await tx.query(sql.NOTE, [branchId, drugId, quantity ?? null, source])).length > 0;
  }

  async findPage(
    tx: Tx,
    branchId: number,
    asked: { drugId?: number | undefined; from: string; to: string; page: number; limit: number },
  ): Promise<[LostSaleRow[], number]> {
    const { drugId, from, to, page, limit } = asked;
    const values = [branchId, drugId ?? null, from, to, limit, (page - 1) * limit];
    const rows = await tx.query<LostSaleRow & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }
}
