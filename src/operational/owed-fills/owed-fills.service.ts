import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { OwedFillsRepository } from './owed-fills.repository.js';
import type { OwedFillsPage, OwedFillsQuery } from './owed-fills.schemas.js';
import type { OwedFill } from './owed-fills.types.js';
import { completable } from './owed.domain.js';

/** Most rests told of with a delivery; the rest is in the list. */
const MOST_TOLD = 100;

/** Rests of partial fills that are owed to patients. */
@Injectable()
export class OwedFillsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly owed: OwedFillsRepository,
  ) {}

  /** A page of what the branch owes and may still give: not under a prescription that expired or ended. */
  findPage(
    ctx: RequestContext,
    query: z.output<typeof OwedFillsQuery>,
  ): Promise<z.output<typeof OwedFillsPage>> {
    const { patientId, drugId, completable: isCompletable, cursor, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const data = await this.owed.find(tx, ctx.branchId, {
        patientId,
        ...(drugId === undefined ? {} : { drugIds: [drugId] }),
        completable: isCompletable,
        after: cursor,
        limit,
      });
      return { data, nextCursor: data.length < limit ? null : (data.at(-1)?.prescriptionId ?? null) };
    });
  }

  /** The rests that the stock of these products completes now, the oldest served first. */
  async completedBy(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<OwedFill[]> {
    const rows = await this.owed.find(tx, branchId, { drugIds, limit: MOST_TOLD });
    return completable(rows);
  }
}
