import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { DaySumsService } from './day-sums.service.js';

/** How often it is looked, ms: branches have midnights of their own, and late sales take a day out at any time. */
const EVERY_MS = 10 * 60_000;

/** Sums business days that are over: at start and every ten minutes, in every server. */
@Injectable()
export class DaySumsJobService extends RecurringJob {
  constructor(
    private readonly sums: DaySumsService,
    http: HttpAdapterHost,
  ) {
    super(http, 'sales-days', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const closed = await this.sums.close();
    return closed > 0 ? `${closed} business days are over and summed` : undefined;
  }
}
