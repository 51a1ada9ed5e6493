import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Prescriber } from './prescriber.entity.js';
import type { PrescriberView } from './prescribers.schemas.js';
import * as sql from './prescribers.sql.js';

export type PrescriberRow = z.output<typeof PrescriberView>;

@Injectable()
export class PrescribersRepository {
  /** Prescribers whose names are near every word, or whose licence number begins with the text; nearest first. */
  async findPage(
    tx: Tx,
    search: { words: readonly string[] | null; text: string; active: boolean | null },
    limit: number,
    offset: number,
  ): Promise<{ rows: PrescriberRow[]; total: number }> {
    await tx.query(sql.LOWER_SIMILARITY);
    const filter = [search.words, search.text, search.active];
    const rows = await tx.query<PrescriberRow>(sql.FIND_PAGE, [
      ...filter,
      (search.words ?? []).join(' '),
      limit,
      offset,
    ]);
    return { rows, total: (await tx.one<{ total: number }>(sql.COUNT, filter)).total };
  }

  async findOne(tx: Tx, prescriberId: number): Promise<PrescriberRow | undefined> {
    return tx.maybeOne<PrescriberRow>(sql.FIND_ONE, [prescriberId]);
  }

  async insert(tx: Tx, values: Partial<Prescriber>): Promise<number> {
    return Number((await tx.manager.insert(Prescriber, values)).identifiers[0]?.prescriberId);
  }

  /** Changes the row when it still has the version; answers whether it did. */
  async update(tx: Tx, prescriberId: number, version: number, values: Partial<Prescriber>): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(Prescriber, { prescriberId, version }, next)).affected === 1;
  }
}
