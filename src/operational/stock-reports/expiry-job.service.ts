import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { ExpiryService } from './expiry.service.js';

/** How often it is looked, ms: branches have midnights of their own, at quarters of an hour too. */
const EVERY_MS = 10 * 60_000;

/** Marks expired lots: at start and every ten minutes, in every server. */
@Injectable()
export class ExpiryJobService extends RecurringJob {
  constructor(
    private readonly expiry: ExpiryService,
    http: HttpAdapterHost,
  ) {
    super(http, 'expiry', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const marked = await this.expiry.mark();
    return marked > 0 ? `${marked} lots are past their last day and marked expired` : undefined;
  }
}
