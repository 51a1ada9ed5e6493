import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HealthNotes } from '../../platform/health/health-notes.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { FactorGrace } from '../../platform/security/factor-grace.js';
import { GRAVE_PERMISSIONS } from '../../platform/security/permissions.js';
import { jobContext } from '../../platform/security/request-context.js';
import { FactorDueRepository } from './factor-due.repository.js';

const EVERY_MS = 60 * 60_000;

/** Looks who should have a second factor by now and has none. The health check says how many, since everybody may read it; `doctor` says who. */
@Injectable()
export class FactorCheckJobService extends RecurringJob {
  private found: number | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: FactorDueRepository,
    private readonly grace: FactorGrace,
    notes: HealthNotes,
    http: HttpAdapterHost,
  ) {
    super(http, 'factor-check', EVERY_MS);
    notes.add('secondFactors', () =>
      this.found
        ? `${this.found} accounts should have one by now and have none: they open nothing but themselves (doctor names them).`
        : 'nobody is without whose time for it is over',
    );
  }

  /** User names of the first thousand. */
  overdue(): Promise<string[]> {
    return this.uow.read(jobContext(), (tx) =>
      this.repository.overdue(tx, this.grace.days, GRAVE_PERMISSIONS),
    );
  }

  protected async look(): Promise<string | undefined> {
    this.found = (await this.overdue()).length;
    return this.found > 0 ? `${this.found} accounts without a second factor` : undefined;
  }
}
