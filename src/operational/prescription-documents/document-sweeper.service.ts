import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { isConnectionLoss } from '../../platform/errors/database-errors.js';
import { PrescriptionDocumentsService } from './prescription-documents.service.js';

/** How often forgotten uploads are looked for, ms: they are kept a day, so an hour more does not matter. */
const EVERY_MS = 60 * 60_000;

/** Removes uploads that no prescription claimed within a day: at start and every hour, in every server. */
@Injectable()
export class DocumentSweeperService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('papers');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly documents: PrescriptionDocumentsService,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Only a server takes uploads. */
  onApplicationBootstrap(): void {
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if (((this.http.httpAdapter as unknown) ?? undefined) === undefined) return;
    this.running = this.sweep();
    this.timer = setInterval(() => {
      this.running = this.sweep();
    }, EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async sweep(): Promise<void> {
    try {
      const removed = await this.documents.sweep();
      if (removed > 0) this.logger.log(`${removed} uploads that no prescription claimed were removed`);
    } catch (error) {
      // The next look finds what this one did not remove; a database that is away is told by the health check.
      if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
