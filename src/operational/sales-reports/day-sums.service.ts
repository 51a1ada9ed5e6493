import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext } from '../../platform/security/request-context.js';
import { SalesReportsRepository } from './sales-reports.repository.js';

/** Days summed in one transaction: a stop in the middle of years loses the work of seconds. */
const DAYS_AT_ONCE = 7;

/** Sums business days that are over, for reports. */
@Injectable()
export class DaySumsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reports: SalesReportsRepository,
  ) {}

  /**
   * Does what is due; a second time does nothing. Several servers may do it at once: a day is summed by one of them. A day somebody is
   * selling on, as one who posts late sales is, is left to the next time. Answers how many days were summed.
   */
  async close(): Promise<number> {
    let all = 0;
    for (let closed = DAYS_AT_ONCE; closed === DAYS_AT_ONCE; all += closed)
      closed = await this.uow.run(jobContext(), async (tx) => {
        await this.reports.allowLongWork(tx);
        return this.reports.closeDays(tx, DAYS_AT_ONCE);
      });
    await this.uow.run(jobContext(), async (tx) => {
      await this.reports.allowLongWork(tx);
      await this.reports.closeMonths(tx);
    });
    return all;
  }
}
