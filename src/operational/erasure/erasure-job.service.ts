import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { ErasureService } from './erasure.service.js';

/** How often it is looked, ms: what is held ends with a day, and branches have midnights of their own. */
const EVERY_MS = 60 * 60_000;

/** Erases what was held back of erased people once its last day has gone by, in every server. */
@Injectable()
export class ErasureJobService extends RecurringJob {
  constructor(
    private readonly erasure: ErasureService,
    http: HttpAdapterHost,
  ) {
    super(http, 'erasure', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const people = await this.erasure.releaseDue();
    return people > 0 ? `what was held of ${people} erased people is erased` : undefined;
  }
}
