import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { ContentsComparison } from './drugs.types.js';
import { COMPARE } from './product-comparison.sql.js';

@Injectable()
export class ProductComparisonRepository {
  async compare(tx: Tx, drugId: number, otherId: number): Promise<ContentsComparison | undefined> {
    return (await tx.maybeOne<{ contents: ContentsComparison }>(COMPARE, [drugId, otherId]))?.contents;
  }
}
