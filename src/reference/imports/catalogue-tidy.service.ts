import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ApplyRepository } from './apply.repository.js';
import { StagingRepository } from './staging.repository.js';

/** What follows a release, wherever it came from. */
@Injectable()
export class CatalogueTidyService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staging: StagingRepository,
    private readonly catalogue: ApplyRepository,
  ) {}

  /**
   * Lets planner, statistics and text indexes know the catalogue as it is now. One thing after the other, on one
   * connection: whoever sells meanwhile finds a processor free.
   */
  async tidy(ctx: RequestContext): Promise<void> {
    await this.atEase(ctx, (tx) => this.catalogue.analyze(tx));
    await this.atEase(ctx, (tx) => this.catalogue.countCatalogue(tx));
    const indexes = await this.uow.runAsAdmin(ctx, (tx) => this.catalogue.searchIndexes(tx));
    for (const name of indexes) await this.atEase(ctx, (tx) => this.catalogue.tidySearchIndex(tx, name));
  }

  /** Work without the bounds meant for requests. */
  atEase<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      await this.staging.allowLongWork(tx);
      return work(tx);
    });
  }
}
