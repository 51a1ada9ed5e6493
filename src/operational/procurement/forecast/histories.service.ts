import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { jobContext } from '../../../platform/security/request-context.js';
import { ForecastRepository } from './forecast.repository.js';

/** Movements in two years from which on reading them with every request takes too long: about two seconds. */
const MUCH = 1_000_000;

/** Keeps what the ledger says of the demand at branches that move much, once a day. At the others it is read when it is asked. */
@Injectable()
export class HistoriesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly histories: ForecastRepository,
  ) {}

  /**
   * Does what is due; a second time does nothing until the branch has another day. Several servers may do it at once. Answers for how many
   * branches. `from`: movements in two years a branch is kept for.
   */
  async keep(from = MUCH): Promise<number> {
    const branches = await this.uow.read(jobContext(), (tx) => this.histories.branchDays(tx));
    let done = 0;
    for (const branch of branches)
      done += await this.uow.run(jobContext([branch.branchId]), async (tx) =>
        (await this.histories.isDue(tx, branch, from)) && (await this.histories.keepHistories(tx, branch)) > 0
          ? 1
          : 0,
      );
    return done;
  }
}
