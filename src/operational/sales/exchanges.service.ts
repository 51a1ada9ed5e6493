import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { LostSalesService } from '../lost-sales/lost-sales.service.js';
import { ClearanceService } from '../screening/clearance.service.js';
import { ReturnsService } from './returns.service.js';
import { SalesRepository } from './sales.repository.js';
import type { ExchangeSale } from './sales.schemas.js';
import type { PricedSale, SaleAnswer } from './sale-answer.types.js';
import { SalesService } from './sales.service.js';
import type { SaleDetail } from './sales.types.js';

/** A return and a sale posted together. Amounts are decimal strings. */
export interface Exchange {
  readonly exchanged: string;
  readonly paidOut: string;
  readonly returned: SaleDetail;
  readonly sold: SaleAnswer;
}

/** Takes something back and sells something else for it: both documents are posted in one transaction or neither. */
@Injectable()
export class ExchangesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: SalesRepository,
    private readonly sales: SalesService,
    private readonly returns: ReturnsService,
    private readonly clearance: ClearanceService,
    private readonly lostSales: LostSalesService,
  ) {}

  /** Refusals: those of a return and of a sale (`payment-short` says what the customer adds). */
  async exchange(
    ctx: RequestContext,
    saleId: number,
    input: z.output<typeof ExchangeSale>,
  ): Promise<Exchange> {
    const done = await this.lostSales.noting(ctx, 'till', () =>
      this.clearance.keepingStops(ctx, () => this.post(ctx, saleId, input)),
    );
    await this.returns.tellPayers(ctx, done.returned);
    return done;
  }

  private post(ctx: RequestContext, saleId: number, input: z.output<typeof ExchangeSale>): Promise<Exchange> {
    return this.uow.run(ctx, async (tx) => {
      const priced = await this.sales.price(tx, ctx, input.sold);
      const { sale: returned, exchanged } = await this.returns.takeBackIn(
        tx,
        ctx,
        saleId,
        input.returned,
        dueOf(priced),
      );
      const sold = await this.sales.complete(tx, ctx, input.sold, priced, exchanged);
      await this.repository.linkExchange(tx, ctx.branchId, returned.saleId, sold.saleId);
      const given = returned.payments.filter(({ method }) => method !== 'insurance' && method !== 'exchange');
      const paidOut = Money.sum(given.map(({ amount }) => Money.of(amount))).negated();
      return { exchanged: exchanged.toString(), paidOut: paidOut.toString(), returned, sold };
    });
  }
}

/** What the customer owes for priced lines, without what payers bear. */
const dueOf = ({ lines, payers }: PricedSale): Money =>
  Money.sum(lines.map((line) => line.lineTotal)).minus(
    Money.sum(payers.map(({ amount }) => Money.of(amount))),
  );
