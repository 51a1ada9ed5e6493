import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

import { NotFound } from '../errors/domain-error.js';
import type { PartFinding } from '../health/health-notes.js';
import { Clock } from '../time/clock.js';
import type { JobStatus } from './job-status.js';
import { RecurringJob } from './recurring-job.js';

/** A look that takes this long, or twice the time between two where that is longer, is stuck. */
const STUCK_MS = 30 * 60_000;
/** One failure may be a moment's; so many one after the other are not. */
const MOST_FAILURES = 3;

/** All recurring jobs of the server, found where they are: a new one is here without being told. */
@Injectable()
export class JobsService {
  private found: readonly RecurringJob[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  list(): JobStatus[] {
    return this.jobs()
      .map((job) => job.status)
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** Looks now and answers how it went. Jobs may run at any time and in several servers, so this is safe for each. */
  async run(name: string): Promise<JobStatus> {
    const job = this.jobs().find(({ status }) => status.name === name);
    if (!job) throw new NotFound('job');
    await job.runNow();
    return job.status;
  }

  findings(): readonly (PartFinding & { readonly part: string })[] {
    const now = this.clock.now().getTime();
    const wrong = this.list().flatMap((job) => {
      const part = `job-${job.name}`;
      if (isStuck(job, now))
        return [{ part, state: 'degraded' as const, words: 'The job does not come to an end.' }];
      if (job.failures >= MOST_FAILURES)
        return [
          { part, state: 'degraded' as const, words: `The job failed ${job.failures} times: ${job.words}` },
        ];
      return [];
    });
    return wrong.length > 0 ? wrong : [{ part: 'jobs', state: 'ok', words: 'as they should' }];
  }

  private jobs(): readonly RecurringJob[] {
    this.found ??= this.discovery
      .getProviders()
      .map(({ instance }) => instance as unknown)
      .filter((instance) => instance instanceof RecurringJob);
    return this.found;
  }
}

function isStuck({ isRunning, startedAt, everyMs }: JobStatus, nowMs: number): boolean {
  if (!isRunning || !startedAt) return false;
  return nowMs - startedAt.getTime() > Math.max(STUCK_MS, 2 * everyMs);
}
