import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { renderReceipt } from './receipt.domain.js';
import { SalesRepository } from './sales.repository.js';
import type { ReceiptQuery } from './sales.schemas.js';
import { required } from './required.js';

/** Receipts of posted sales, returns and voids, printable. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SalesRepository,
    private readonly branches: BranchesService,
  ) {}

  /** The receipt as an HTML page; throws NotFound for another branch's sale too. */
  html(ctx: RequestContext, saleId: number, query: z.output<typeof ReceiptQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const sale = required(await this.sales.findDetail(tx, ctx.branchId, saleId), 'sale');
      const branch = await this.branches.settings(tx, ctx.branchId);
      return renderReceipt(sale, branch, { ...query, copy: query.copy ?? false });
    });
  }
}
