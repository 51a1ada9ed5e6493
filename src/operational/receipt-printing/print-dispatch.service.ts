import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isConnectionLoss } from '../../platform/errors/database-errors.js';
import { jobContext } from '../../platform/security/request-context.js';
import { OPEN_DRAWER } from './escpos.domain.js';
import { afterTry, DRAWER_SECONDS, type AfterTry } from './print-queue.domain.js';
import { printerAt } from './printer-drivers.js';
import { ReceiptPrintingRepository, type ClaimedJob } from './receipt-printing.repository.js';

/** Where files of printers lie; a string. */
export const PRINTS_FOLDER = Symbol('prints folder');

/** How often it is looked for jobs that are due again, ms. */
const EVERY_MS = 2_000;

/**
 * Sends what waits to the printers, in every server; no transaction is open while a printer is waited for. A new job is sent at once, one that
 * did not go through is tried again.
 */
@Injectable()
export class PrintDispatchService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('printing');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isAskedAgain = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: ReceiptPrintingRepository,
    private readonly http: HttpAdapterHost,
    @Inject(PRINTS_FOLDER) private readonly folder: string,
  ) {}

  /** Only a server does it. */
  onApplicationBootstrap(): void {
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if (((this.http.httpAdapter as unknown) ?? undefined) === undefined) return;
    this.timer = setInterval(() => this.nudge(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Sends what is due; at once, or behind what is being sent. The caller does not wait. */
  nudge(): void {
    if (this.running) {
      this.isAskedAgain = true;
      return;
    }
    this.running = this.sendAll().finally(() => {
      this.running = undefined;
      if (this.isAskedAgain) {
        this.isAskedAgain = false;
        this.nudge();
      }
    });
  }

  private async sendAll(): Promise<void> {
    try {
      const branchIds = await this.uow.read(jobContext(), (tx) => this.jobs.branchIds(tx));
      // Printers are slow and stand side by side: each lane takes jobs until none is due.
      await Promise.all([this.lane(branchIds), this.lane(branchIds), this.lane(branchIds)]);
    } catch (error) {
      // The next look finds what this one did not send; a database that is away is told by the health check.
      if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }

  private async lane(branchIds: readonly number[]): Promise<void> {
    const ctx = jobContext(branchIds);
    for (;;) {
      const job = await this.uow.run(ctx, (tx) => this.jobs.claim(tx));
      if (!job) return;
      const end = await this.send(job);
      if (end.status === 'failed')
        this.logger.warn(`print job ${job.printJobId} is given up: ${end.failure ?? ''}`);
      await this.uow.run(ctx, (tx) => this.jobs.endTry(tx, job.printJobId, end));
    }
  }

  private async send(job: ClaimedJob): Promise<AfterTry> {
    const isLate = job.ageSeconds > DRAWER_SECONDS;
    if (job.kind === 'drawer' && isLate) return { status: 'failed', failure: 'timeout', waitSeconds: 0 };
    const bytes = job.kicksDrawer && !isLate ? Buffer.concat([OPEN_DRAWER, job.content]) : job.content;
    return afterTry(job.attempts, await printerAt(job, this.folder).print(bytes));
  }
}
