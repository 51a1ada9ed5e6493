import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { RuleCoverageRepository } from './rule-coverage.repository.js';
import type { RuleCoverageQuery, RuleCoverageReport } from './rule-coverage.schemas.js';

/** Ingredients in a file at most: more than a pharmacy stocks. */
const MOST_ROWS = 10_000;

/** What the clinical rules do not cover of what a branch has in stock. */
@Injectable()
export class RuleCoverageService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly coverage: RuleCoverageRepository,
  ) {}

  report(
    ctx: RequestContext,
    { page, limit }: Pick<z.output<typeof RuleCoverageQuery>, 'page' | 'limit'>,
  ): Promise<z.output<typeof RuleCoverageReport>> {
    return this.uow.read(ctx, async (tx) => {
      const { total, data, unlinked, ...stocked } = await this.coverage.find(
        tx,
        ctx.branchId,
        limit,
        (page - 1) * limit,
      );
      return { stocked, data, unlinked, meta: { total, page, limit } };
    });
  }

  /** Every ingredient with a gap, as CSV. */
  async csv(ctx: RequestContext): Promise<string> {
    const { data } = await this.report(ctx, { page: 1, limit: MOST_ROWS });
    const rows = data.map(({ missing, ...ingredient }) => ({ ...ingredient, missing: missing.join(' ') }));
    return stringify(rows, {
      header: true,
      bom: true,
      columns: ['ingredientId', 'name', 'products', 'missing'],
      escape_formulas: true,
    });
  }
}
