import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { ContentsComparison } from './drugs.types.js';
import { ProductComparisonRepository } from './product-comparison.repository.js';

/** Tells whether one product is what another is. */
@Injectable()
export class ProductComparisonService {
  constructor(private readonly products: ProductComparisonRepository) {}

  /** `same`: ingredients, amounts, form family and route agree. What is not known is never the same. */
  async contents(tx: Tx, drugId: number, otherId: number): Promise<ContentsComparison> {
    return (await this.products.compare(tx, drugId, otherId)) ?? 'unknown';
  }
}
