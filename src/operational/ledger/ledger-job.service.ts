import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { databaseFailure, isConnectionLoss } from '../../platform/errors/database-errors.js';
import { LedgerService } from './ledger.service.js';

/** How often it is looked, ms. Months are made three ahead: a job that stands still for a quarter is not missed. */
const EVERY_MS = 10 * 60_000;

/** SQLSTATE of a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Keeps the months of the ledger: at start, and every ten minutes, in every server. */
@Injectable()
export class LedgerJobService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('ledger');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: LedgerService,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Only a server does it. */
  onApplicationBootstrap(): void {
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if (((this.http.httpAdapter as unknown) ?? undefined) === undefined) return;
    this.running = this.look();
    this.timer = setInterval(() => {
      this.running = this.look();
    }, EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async look(): Promise<void> {
    try {
      const closed = await this.ledger.keep();
      if (closed > 0) this.logger.log(`${closed} months of the ledger are over and summed`);
    } catch (error) {
      // The next look does what this one did not; a database that is away is told by the health check.
      if (databaseFailure(error)?.code === LOCK_NOT_AVAILABLE)
        this.logger.warn('the ledger was written to: months are made and summed at the next look');
      else if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
