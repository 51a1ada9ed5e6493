import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { isConnectionLoss } from '../../platform/errors/database-errors.js';
import { ExpiryService } from './expiry.service.js';

/** How often it is looked, ms: branches have midnights of their own, at quarters of an hour too. */
const EVERY_MS = 10 * 60_000;

/** Marks expired lots: at start, which catches up after a standstill, and every ten minutes, in every server. */
@Injectable()
export class ExpiryJobService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('stock');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly expiry: ExpiryService,
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
      const marked = await this.expiry.mark();
      if (marked > 0) this.logger.log(`${marked} lots are past their last day and marked expired`);
    } catch (error) {
      // The next look finds what this one did not mark; a database that is away is told by the health check.
      if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
