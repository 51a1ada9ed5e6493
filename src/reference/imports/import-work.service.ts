import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { jobContext } from '../../platform/security/request-context.js';
import { ImportRunning } from './imports.errors.js';
import { StagingRepository } from './staging.repository.js';

/** How often the lock is asked for before another import is believed to be at work: somebody may be looking at it. */
const LOCK_ATTEMPTS = 5;
const LOCK_WAIT_MS = 100;

/** How imports work: one at a time whatever they bring, and on when whoever started them has gone. */
@Injectable()
export class ImportWork implements OnApplicationShutdown {
  private readonly logger = new Logger('imports');
  private readonly atWork = new Set<Promise<unknown>>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly staging: StagingRepository,
  ) {}

  /** Waits for the work at hand: a server that is told to stop finishes what it has begun. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.atWork);
  }

  /** Starts work and answers when it calls `began`; a failure before that is the answer, a later one is in the release. */
  inBackground(work: (began: (releaseId: number) => void) => Promise<unknown>): Promise<number> {
    return new Promise((resolve, reject) => {
      const running = work(resolve).catch((error: unknown) => {
        if (!(error instanceof DomainError)) this.logger.error(error);
        reject(error instanceof Error ? error : new Error(String(error)));
      });
      this.atWork.add(running);
      void running.finally(() => this.atWork.delete(running));
    });
  }

  /**
   * Runs work while no other import runs. The lock belongs to a transaction that does nothing else, so it ends with
   * the process whatever happens to it. Throws ImportRunning.
   */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.uow.run(jobContext(), async (tx) => {
      await this.staging.allowLongWork(tx);
      for (let attempt = 1; !(await this.staging.tryLock(tx)); attempt++) {
        if (attempt === LOCK_ATTEMPTS) throw new ImportRunning();
        await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT_MS));
      }
      await this.uow.runAsAdmin(jobContext(), async (clearing) => {
        await this.staging.allowLongWork(clearing);
        await this.staging.clearStale(clearing);
      });
      return work();
    });
  }
}
