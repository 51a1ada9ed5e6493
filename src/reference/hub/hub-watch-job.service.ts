import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { HealthNotes } from '../../platform/health/health-notes.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { judgeLink, type LinkFinding } from './hub-health.domain.js';
import { HubLinksService } from './hub-links.service.js';

const EVERY_MS = 10_000;

/** Lets a hub give its sign of life, and the health check tell how hub and branches stand to each other. */
@Injectable()
export class HubWatchJob extends RecurringJob {
  private finding: LinkFinding = { state: 'ok', words: 'not looked at yet' };
  private errors = 0;

  constructor(
    private readonly links: HubLinksService,
    health: HealthNotes,
    http: HttpAdapterHost,
  ) {
    super(http, 'hub', EVERY_MS);
    health.add('hub', () => this.finding);
  }

  protected async look(): Promise<string | undefined> {
    const state = await this.links.state();
    this.finding = judgeLink(state, this.errors);
    this.errors = state.subscription?.errors ?? 0;
    if (state.role === 'hub') await this.links.beat(state.level);
    return undefined;
  }
}
