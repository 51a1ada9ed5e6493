import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { HealthNotes } from '../../platform/health/health-notes.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { ageText } from './backup-status.domain.js';
import { BackupsService } from './backups.service.js';
import type { BackupStatus } from './backups.types.js';

const EVERY_MS = 60_000;

/** In words for /health/ready, which everybody may read: no paths, nothing of what failed. */
function words({ directory, lastProven, rpoSeconds, lastFailure }: BackupStatus): string {
  if (directory === null) return 'not set up (MEDITORY_BACKUP_DIR)';
  const parts = [
    lastProven?.takenAt ? `last proven backup of ${lastProven.takenAt}` : 'no proven backup',
    ...(rpoSeconds === null ? [] : [`${ageText(rpoSeconds)} would be lost`]),
    ...(lastFailure ? [`failing since ${lastFailure.at}`] : []),
  ];
  return parts.join(', ');
}

/** Makes the backup of the day and proves it, and tells the health check how backups stand. */
@Injectable()
export class BackupsJobService extends RecurringJob {
  private note = 'not looked at yet';

  constructor(
    private readonly backups: BackupsService,
    http: HttpAdapterHost,
    notes: HealthNotes,
  ) {
    super(http, 'backups', EVERY_MS);
    notes.add('backups', () => this.note);
  }

  protected async look(): Promise<string | undefined> {
    try {
      this.note = words(await this.backups.status());
      return (await this.backups.startDue()) ? 'the backup of the day was begun' : undefined;
    } catch (error) {
      this.note = 'the backups cannot be read';
      throw error;
    }
  }
}
