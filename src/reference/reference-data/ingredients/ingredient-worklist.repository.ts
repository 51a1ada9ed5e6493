import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { foldText } from '../../../platform/text/fold.js';
import type { IngredientKind } from './ingredient.entity.js';
import {
  FIND_NAMES,
  FIND_STANDARD_NAMES,
  FIND_UNVERIFIED,
  FIND_WORKLIST,
  FINGERPRINT,
} from './ingredient-worklist.sql.js';

/** A text on the worklist. */
export interface OpenText {
  readonly rawText: string;
  /** The unverified ingredient an import made of it; null: its lines are linked to nothing. */
  readonly ingredientId: number | null;
  readonly products: number;
  readonly examples: { drugId: number; name: string; activeRaw: string | null }[];
}

/** Reads what the worklist shows and what its texts may mean. */
@Injectable()
export class IngredientWorklistRepository {
  /** A page of open texts, how many texts there are, and how many products they are on together. */
  async findPage(
    tx: Tx,
    q: string,
    page: number,
    limit: number,
  ): Promise<{ data: OpenText[]; total: number; totalProducts: number }> {
    const rows = await tx.query<OpenText & { total: number; totalProducts: number }>(FIND_WORKLIST, [
      q.toLowerCase(),
      (page - 1) * limit,
      limit,
    ]);
    return {
      data: rows.map(({ total: _, totalProducts: __, ...row }) => row),
      total: rows[0]?.total ?? 0,
      totalProducts: rows[0]?.totalProducts ?? 0,
    };
  }

  /** Changes whenever a known name does. */
  async fingerprint(tx: Tx): Promise<string> {
    return (await tx.one<{ fingerprint: string }>(FINGERPRINT)).fingerprint;
  }

  findNames(tx: Tx): Promise<{ name: string; ingredient: number }[]> {
    return tx.query(FIND_NAMES);
  }

  async findStandardNames(
    tx: Tx,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, { name: string; kind: IngredientKind }>> {
    const rows = await tx.query<{ id: number; name: string; kind: IngredientKind }>(FIND_STANDARD_NAMES, [
      ids,
    ]);
    return new Map(rows.map(({ id, name, kind }) => [id, { name, kind }]));
  }

  /** Identity of the unverified ingredient of this name, if there is one. */
  async findUnverified(tx: Tx, name: string): Promise<number | undefined> {
    return (await tx.maybeOne<{ id: number }>(FIND_UNVERIFIED, [foldText(name)]))?.id;
  }
}
