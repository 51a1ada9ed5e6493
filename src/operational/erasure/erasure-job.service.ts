import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { ErasureAgainService } from './erasure-again.service.js';
import { ErasureService } from './erasure.service.js';

/** How often it is looked, ms: what is held ends with a day, and who was erased must be on the list before a backup comes back. */
const EVERY_MS = 10 * 60_000;

/** Erases what was held back of erased people once its last day has gone by, and who came back with a backup; in every server. */
@Injectable()
export class ErasureJobService extends RecurringJob {
  constructor(
    private readonly erasure: ErasureService,
    private readonly again: ErasureAgainService,
    http: HttpAdapterHost,
  ) {
    super(http, 'erasure', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const { erased, waiting } = await this.again.look();
    const people = await this.erasure.releaseDue();
    const words = [
      people > 0 ? `what was held of ${people} erased people is erased` : '',
      erased > 0 ? `${erased} erased records had come back with a backup and are erased again` : '',
      waiting > 0 ? `${waiting} such records wait: something of theirs is open` : '',
    ].filter((one) => one !== '');
    return words.length > 0 ? words.join('; ') : undefined;
  }
}
