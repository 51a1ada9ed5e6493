import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { jobContext } from '../../platform/security/request-context.js';
import { HubLinksService } from '../hub/hub-links.service.js';
import { CatalogueTidyService } from './catalogue-tidy.service.js';

/** The look is one row when nothing has arrived. */
const EVERY_MS = 5000;

/** At a branch: does what follows a release that arrived from the hub, as it is done where a release is applied. */
@Injectable()
export class ArrivalsJob extends RecurringJob {
  constructor(
    private readonly links: HubLinksService,
    private readonly catalogue: CatalogueTidyService,
    http: HttpAdapterHost,
  ) {
    super(http, 'hub-releases', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const until = await this.links.untidied();
    if (until === undefined) return undefined;
    await this.catalogue.tidy(jobContext());
    await this.links.noteTidied(until);
    return 'a release of the hub arrived; statistics and text indexes are current';
  }
}
