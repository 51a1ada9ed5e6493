import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { DrugPricesService } from './drug-prices.service.js';

/** How often it is looked whether a price is due, ms. The look is one index probe when none is. */
const EVERY_MS = 5 * 60_000;

/**
 * Takes over prices on their day: at start and every five minutes, in every server (the database lets one at a time do
 * it, and the second find nothing left).
 */
@Injectable()
export class PriceDayService extends RecurringJob {
  constructor(
    private readonly prices: DrugPricesService,
    http: HttpAdapterHost,
  ) {
    super(http, 'prices', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const applied = await this.prices.applyDue();
    return applied > 0 ? `${applied} scheduled prices took effect` : undefined;
  }
}
