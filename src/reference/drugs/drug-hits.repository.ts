import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { IngredientAmount } from './drug.domain.js';
import { FIND_HITS } from './drug-hits.sql.js';
import type { DrugStatus } from './drugs.types.js';

/** What a list of hits shows of a product. */
export interface HitRow {
  readonly drugId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly activeRaw: string | null;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly route: string | null;
  readonly company: string | null;
  readonly category: string | null;
  readonly price: string;
  readonly baseUnit: string;
  readonly unitsPerPack: string;
  readonly rxOnly: boolean;
  readonly status: DrugStatus;
  readonly ingredients: readonly (IngredientAmount & { ingredientId: number | null; name: string })[];
}

/** Reads products for showing them as hits. */
@Injectable()
export class DrugHitsRepository {
  /** What a list shows of these products, in any order. */
  find(tx: Tx, drugIds: readonly number[]): Promise<HitRow[]> {
    return tx.query<HitRow>(FIND_HITS, [drugIds]);
  }
}
