import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';

import { isConnectionLoss } from '../errors/database-errors.js';

/**
 * Work that a server does at its start, which catches up after a standstill, and again every so many milliseconds. What fails is told in
 * the log and tried again at the next look; a look that lasts longer than the time between two is not begun a second time.
 */
export abstract class RecurringJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  /** `area` names the job's lines in the log; `everyMs`: how often it is looked. */
  protected constructor(
    private readonly http: HttpAdapterHost,
    area: string,
    private readonly everyMs: number,
  ) {
    this.logger = new Logger(area);
  }

  /** Does what is due; several servers may do it at once. Answers what is to be told of it, undefined where nothing was due. */
  protected abstract look(): Promise<string | undefined>;

  /** What is said, as a warning, of a failure that is to be expected; undefined: it is not. */
  protected expected(_error: unknown): string | undefined {
    return undefined;
  }

  /** Only a server does it. */
  onApplicationBootstrap(): void {
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if (((this.http.httpAdapter as unknown) ?? undefined) === undefined) return;
    this.begin();
    this.timer = setInterval(() => this.begin(), this.everyMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private begin(): void {
    this.running ??= this.tell().finally(() => {
      this.running = undefined;
    });
  }

  private async tell(): Promise<void> {
    try {
      const done = await this.look();
      if (done !== undefined) this.logger.log(done);
    } catch (error) {
      const words = this.expected(error);
      if (words !== undefined) this.logger.warn(words);
      // A database that is away is told by the health check.
      else if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
