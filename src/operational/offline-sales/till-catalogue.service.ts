import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { OfflineSalesRepository } from './offline-sales.repository.js';
import type { TillCatalogue, TillCatalogueQuery } from './offline-sales.schemas.js';

/** What a till keeps so that it can sell over the counter without the server. */
@Injectable()
export class TillCatalogueService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly offline: OfflineSalesRepository,
    private readonly branches: BranchesService,
  ) {}

  /**
   * A page of the products that are or were in stock at the branch, with how it counts money and heads its receipts. The first page says the
   * version of the whole; where the till has that one, no product is sent.
   */
  page(
    ctx: RequestContext,
    { known, after, limit }: z.output<typeof TillCatalogueQuery>,
  ): Promise<z.output<typeof TillCatalogue>> {
    return this.uow.read(ctx, async (tx) => {
      const branch = await this.branches.settings(tx, ctx.branchId);
      const version = after === undefined ? await this.offline.findVersion(tx, ctx.branchId) : null;
      const isUnchanged = version !== null && version === known;
      const data = isUnchanged ? [] : await this.offline.findProducts(tx, ctx.branchId, after ?? 0, limit);
      const { branchId, code, name, nameAr, address, phone } = branch;
      const { timeZone, currency, currencyDecimals, cashRounding } = branch;
      return {
        version,
        isUnchanged,
        branch: {
          ...{ branchId, code, name, nameAr, address, phone },
          ...{ timeZone, currency, currencyDecimals, cashRounding },
        },
        data,
        next: data.length < limit ? null : (data.at(-1)?.drugId ?? null),
      };
    });
  }
}
