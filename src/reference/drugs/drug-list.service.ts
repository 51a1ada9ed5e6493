import { Inject, Injectable } from '@nestjs/common';

import { LateReads } from '../../platform/database/replicas/late-reads.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { DrugListRepository } from './drug-list.repository.js';
import type { DrugListQuery } from './drug-list.schemas.js';
import { toListed } from './drug-view.js';
import type { DrugSummary } from './drugs.schemas.js';
import { STOCK_LOOKUP, type StockLookup } from './drugs.types.js';

/** The catalogue page by page. */
@Injectable()
export class DrugListService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lateReads: LateReads,
    private readonly lists: DrugListRepository,
    @Inject(STOCK_LOOKUP) private readonly stock: StockLookup,
  ) {}

  /** A page of the catalogue, which may be late, with the stock of the branch, which is not. */
  async findAll(ctx: RequestContext, query: DrugListQuery): Promise<Page<DrugSummary>> {
    const [rows, total] = await this.lateReads.read(ctx, (tx) => this.lists.findPage(tx, query));
    const drugIds = rows.map(({ drugId }) => drugId);
    const onHand = await this.uow.read(ctx, (tx) => this.stock.onHand(tx, ctx.branchId, drugIds));
    return {
      data: rows.map((row) => toListed(row, onHand.get(row.drugId) ?? '0')),
      meta: { total, page: query.page, limit: query.limit },
    };
  }
}
