import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext } from '../../platform/security/request-context.js';
import { StockReportsRepository } from './stock-reports.repository.js';

/** Lots one transaction marks: it holds their locks, and tills wait for them. */
const LOTS_AT_ONCE = 200;

/** Marks lots that are past their last day. Nothing of them leaves to patients whether they are marked or not: the ledger asks the date. */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reports: StockReportsRepository,
  ) {}

  /**
   * Marks what has expired at all branches, each by its own calendar, however long ago; a second time does nothing. Several servers at once take
   * different lots. Answers how many. `at`: as if it were that moment.
   */
  async mark(at?: Date): Promise<number> {
    const branchIds = await this.uow.read(jobContext(), (tx) => this.reports.branchIds(tx));
    let marked = 0;
    for (;;) {
      const lots = await this.uow.run(jobContext(branchIds), (tx) =>
        this.reports.markExpired(tx, at, LOTS_AT_ONCE),
      );
      marked += lots;
      if (lots < LOTS_AT_ONCE) return marked;
    }
  }
}
