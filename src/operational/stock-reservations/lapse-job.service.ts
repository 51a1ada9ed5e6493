import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { isConnectionLoss } from '../../platform/errors/database-errors.js';
import { StockReservationsService } from './stock-reservations.service.js';

/** How often it is looked, ms: stock is kept a minute longer than was said at the most. */
const EVERY_MS = 60_000;

/** Lets reservations lapse whose time is over: at start and every minute, in every server. */
@Injectable()
export class LapseJobService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('stock');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly reservations: StockReservationsService,
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
      const lapsed = await this.reservations.lapse();
      if (lapsed > 0) this.logger.log(`${lapsed} reservations lapsed`);
    } catch (error) {
      // The next look finds what this one did not end; a database that is away is told by the health check.
      if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
