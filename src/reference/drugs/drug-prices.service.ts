import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { jobContext, type RequestContext } from '../../platform/security/request-context.js';
import { Money } from '../../platform/money/money.js';
import { moneyText } from './drug.domain.js';
import { DrugPricesRepository, type PricePeriod } from './drug-prices.repository.js';
import { DrugsRepository } from './drugs.repository.js';

/** A period as the API tells it: no price is null. */
export type ToldPeriod = Omit<PricePeriod, 'price'> & { readonly price: string | null };

/** Prices over time. */
@Injectable()
export class DrugPricesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly drugs: DrugsRepository,
    private readonly prices: DrugPricesRepository,
  ) {}

  /** Price periods of a product, those to come first, then newest first. Throws NotFound. */
  history(
    ctx: RequestContext,
    drugId: number,
    query: { page: number; limit: number },
  ): Promise<Page<ToldPeriod>> {
    const { page, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const [periods, total] = await this.prices.findPage(tx, drugId, page, limit);
      if (total === 0 && !(await this.drugs.find(tx, drugId))) throw new NotFound('drug');
      const data = periods.map((period) => ({
        ...period,
        price: Money.of(period.price).isZero() ? null : moneyText(period.price),
      }));
      return { data, meta: { total, page, limit } };
    });
  }

  /** Takes back a price decided for a later day. Throws NotFound when none such waits. */
  async cancel(ctx: RequestContext, drugId: number, scheduledPriceId: number): Promise<void> {
    await this.uow.runAsAdmin(ctx, async (tx) => {
      if (!(await this.prices.cancel(tx, drugId, scheduledPriceId))) throw new NotFound('scheduled price');
    });
  }

  /** Takes over every price whose day has begun at every branch; answers how many products changed. */
  applyDue(): Promise<number> {
    return this.uow.runAsAdmin(jobContext(), (tx) => this.prices.applyDue(tx));
  }
}
