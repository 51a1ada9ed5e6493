import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { HealthNotes, type PartFinding } from '../../platform/health/health-notes.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { figuresOf, findingOf } from './backup-health.js';
import { BackupsService } from './backups.service.js';

const EVERY_MS = 60_000;

/** Makes the backup of the day and proves it, and tells the health check and metrics how backups stand. */
@Injectable()
export class BackupsJobService extends RecurringJob {
  private note: string | PartFinding = 'not looked at yet';

  constructor(
    private readonly backups: BackupsService,
    http: HttpAdapterHost,
    notes: HealthNotes,
    metrics: Metrics,
  ) {
    super(http, 'backups', EVERY_MS);
    notes.add('backups', () => this.note);
    metrics.add('backups', async () => figuresOf(await backups.status(), new Date()));
  }

  protected async look(): Promise<string | undefined> {
    try {
      this.note = findingOf(await this.backups.status(), new Date());
      return (await this.backups.startDue()) ? 'the backup of the day was begun' : undefined;
    } catch (error) {
      this.note = { state: 'degraded', words: 'the backups cannot be read' };
      throw error;
    }
  }
}
