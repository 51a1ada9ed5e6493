import { Injectable } from '@nestjs/common';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { TagRow } from './price-tags.schemas.js';
import * as sql from './price-tags.sql.js';

/** A product with what a tag of it needs. */
export type TaggedDrug = Omit<TagRow, 'unitPrice'> & { readonly unitsPerPack: string };

@Injectable()
export class PriceTagsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: {
      readonly q: string | undefined;
      readonly priceChangedSince?: string | undefined;
      readonly receivedSince?: string | undefined;
      readonly page: number;
      readonly limit: number;
    },
  ): Promise<[TaggedDrug[], number]> {
    const { q, priceChangedSince, receivedSince, page, limit } = filter;
    const folded = q === undefined ? null : escapeLike(foldText(q) || q);
    const asWritten = q === undefined ? null : escapeLike(q);
    const days = [priceChangedSince ?? null, receivedSince ?? null];
    const values = [branchId, folded, ...days, limit, (page - 1) * limit, asWritten];
    const rows = await tx.query<TaggedDrug & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  async findMany(tx: Tx, drugIds: readonly number[]): Promise<Map<number, TaggedDrug>> {
    const rows = await tx.query<TaggedDrug>(sql.FIND_MANY, [drugIds]);
    return new Map(rows.map((row) => [row.drugId, row]));
  }
}
