import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { isConnectionLoss } from '../../platform/errors/database-errors.js';
import { DrugPricesService } from './drug-prices.service.js';

/** How often it is looked whether a price is due, ms. The look is one index probe when none is. */
const EVERY_MS = 5 * 60_000;

/**
 * Takes over prices on their day: at start and every five minutes, in every server (the database lets one at a time do
 * it, and the second find nothing left).
 */
@Injectable()
export class PriceDayService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('prices');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly prices: DrugPricesService,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Only a server sells: the command line has no prices to take over. */
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
      const applied = await this.prices.applyDue();
      if (applied > 0) this.logger.log(`${applied} scheduled prices took effect`);
    } catch (error) {
      // The next look finds what this one did not take over; a database that is away is told by the health check.
      if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
