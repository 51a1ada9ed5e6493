import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext } from '../../platform/security/request-context.js';
import { LedgerRepository } from './ledger.repository.js';

/** How old the report of months may be, minutes. */
const FRESH_MINUTES = 60;

/** Keeps the months of the ledger: the parts it is written to, the sums of those that are over, and the report made of them. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  /**
   * Does what is due; a second time does nothing. Several servers may do it at once: one works, the others leave it to him. Answers how
   * many months were closed. Throws where a lock is not to be had within seconds: nothing has changed, and the next time tries again.
   */
  async keep(): Promise<number> {
    const closed = await this.uow.run(jobContext(), async (tx) => {
      await this.ledger.allowLongWork(tx);
      return this.ledger.closeMonths(tx);
    });
    await this.uow.run(jobContext(), async (tx) => {
      await this.ledger.allowLongWork(tx);
      if (closed > 0 || (await this.ledger.isStale(tx, FRESH_MINUTES))) await this.ledger.refreshMonths(tx);
    });
    return closed;
  }
}
