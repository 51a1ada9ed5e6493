import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { LookAlike, ScreenedMedicine } from '../../reference/clinical/clinical.types.js';
import { LookAlikesService } from '../../reference/clinical/look-alikes.service.js';
import { ShelfRepository } from './shelf.repository.js';

/** How long a shelf is taken for unchanged: what is alike is a hint, and names come and go by the delivery. */
const KEPT_MS = 60_000;

/** Look-alikes among what a branch has in stock. */
@Injectable()
export class ShelfService {
  private readonly shelves = new Map<number, { readonly until: number; readonly shelf: Shelf }>();

  constructor(
    private readonly repository: ShelfRepository,
    private readonly lookAlikes: LookAlikesService,
  ) {}

  /** Products on the shelf of the branch that may be taken for the proposed ones. */
  async lookAlikesOf(
    tx: Tx,
    branchId: number,
    proposed: readonly ScreenedMedicine[],
  ): Promise<readonly LookAlike[]> {
    const drugIds = proposed.flatMap(({ drugId }) => drugId ?? []);
    if (drugIds.length === 0) return [];
    const known = this.shelves.get(branchId);
    const now = Date.now();
    if (known && known.until > now) return drugIds.flatMap((drugId) => known.shelf.near(drugId));
    const shelf = this.lookAlikes.shelfOf(await this.repository.inStock(tx, branchId));
    this.shelves.set(branchId, { until: now + KEPT_MS, shelf });
    return drugIds.flatMap((drugId) => shelf.near(drugId));
  }
}

type Shelf = ReturnType<LookAlikesService['shelfOf']>;
