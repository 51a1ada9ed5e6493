import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../../platform/jobs/recurring-job.js';
import { HistoriesService } from './histories.service.js';

/** How often it is looked, ms: branches have midnights of their own, at quarters of an hour too. */
const EVERY_MS = 10 * 60_000;

/** Keeps the histories of demand: at start and every ten minutes, in every server. */
@Injectable()
export class HistoriesJobService extends RecurringJob {
  constructor(
    private readonly histories: HistoriesService,
    http: HttpAdapterHost,
  ) {
    super(http, 'demand-histories', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const kept = await this.histories.keep();
    return kept > 0 ? `the demand at ${kept} branches is read for today` : undefined;
  }
}
