import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { inOrder } from '../../../platform/database/in-order.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Money } from '../../../platform/money/money.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ClaimSharesService } from '../../insurance/claim-shares.service.js';
import { BuyerChecksService } from '../purchase-limits/buyer-checks.service.js';
import type { JudgedLimit } from '../purchase-limits/purchase-limits.errors.js';
import { required } from '../required.js';
import { SalesRepository } from '../sales.repository.js';
import type { PriceSale } from '../sales.schemas.js';
import { rulesOf } from '../till-rules.js';
import { BasketPricingService, drugIdsOf } from './basket-pricing.service.js';
import { shownLine, shownTotals, type ShownLine, type ShownTotals } from './priced-view.domain.js';

/** What a basket costs now, and what stands in the way of selling it. */
export interface BasketPreview extends ShownTotals {
  /** Due before cash rounding. */
  readonly total: string;
  readonly items: readonly ShownLine[];
  readonly limits: readonly JudgedLimit[];
}

/** Prices baskets that are not sold yet, as the sale would. Needs no open shift and writes nothing. */
@Injectable()
export class BasketPreviewService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SalesRepository,
    private readonly pricing: BasketPricingService,
    private readonly claims: ClaimSharesService,
    private readonly buyers: BuyerChecksService,
  ) {}

  /** Refuses lines as the sale does (`prescription-required`, `price-unknown`, `discount-limit`, …); limits are told, not refused. */
  price(ctx: RequestContext, input: z.output<typeof PriceSale>): Promise<BasketPreview> {
    const { items, identity, patientId = null } = input;
    return this.uow.read(ctx, async (tx) => {
      const [found, facts, limited] = await inOrder([
        this.sales.findTill(tx, ctx.branchId, ctx.actor.userId),
        this.pricing.load(tx, ctx.branchId, items, { isPreview: true }),
        this.buyers.limited(tx, ctx.branchId, drugIdsOf(items)),
      ]);
      const till = required(found, 'branch');
      const shares = await this.claims.shares(tx, ctx.branchId, [...facts.fills.keys()]);
      const claimed = new Set(shares.filter(({ payers }) => payers.length > 0).map(({ fillId }) => fillId));
      const lines = this.pricing.price(facts, items, rulesOf(ctx, till), claimed);
      const limits =
        limited.size > 0
          ? await this.buyers.judge(tx, ctx, lines, { patientId, identity }, till.businessDate)
          : [];
      return {
        ...shownTotals(lines),
        total: Money.sum(lines.map(({ lineTotal }) => lineTotal)).toString(),
        items: lines.map(shownLine),
        limits,
      };
    });
  }
}
