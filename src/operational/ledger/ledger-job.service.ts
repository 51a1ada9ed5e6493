import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { databaseFailure } from '../../platform/errors/database-errors.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { LedgerService } from './ledger.service.js';

/** How often it is looked, ms. Months are made three ahead: a job that stands still for a quarter is not missed. */
const EVERY_MS = 10 * 60_000;

/** SQLSTATE of a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Keeps the months of the ledger: at start, and every ten minutes, in every server. */
@Injectable()
export class LedgerJobService extends RecurringJob {
  constructor(
    private readonly ledger: LedgerService,
    http: HttpAdapterHost,
  ) {
    super(http, 'ledger', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const closed = await this.ledger.keep();
    return closed > 0 ? `${closed} months of the ledger are over and summed` : undefined;
  }

  protected override expected(error: unknown): string | undefined {
    return databaseFailure(error)?.code === LOCK_NOT_AVAILABLE
      ? 'the ledger was written to: months are made and summed at the next look'
      : undefined;
  }
}
