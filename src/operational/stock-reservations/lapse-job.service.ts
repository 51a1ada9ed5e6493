import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { StockReservationsService } from './stock-reservations.service.js';

/** How often it is looked, ms: stock is kept a minute longer than was said at the most. */
const EVERY_MS = 60_000;

/** Lets reservations lapse whose time is over: at start and every minute, in every server. */
@Injectable()
export class LapseJobService extends RecurringJob {
  constructor(
    private readonly reservations: StockReservationsService,
    http: HttpAdapterHost,
  ) {
    super(http, 'reservations', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const lapsed = await this.reservations.lapse();
    return lapsed > 0 ? `${lapsed} reservations lapsed` : undefined;
  }
}
