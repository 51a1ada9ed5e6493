import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';

import { isConnectionLoss } from '../errors/database-errors.js';
import { errorCode } from '../errors/error-code.js';
import { TRACER } from '../tracing/request-spans.js';
import type { JobStatus } from './job-status.js';

/**
 * Work that a server does at its start, which catches up after a standstill, and again every so many milliseconds. What fails is told in
 * the log and tried again at the next look; a look that lasts longer than the time between two is not begun a second time.
 */
export abstract class RecurringJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private last: Omit<JobStatus, 'name' | 'everyMs' | 'isRunning'> = {
    startedAt: undefined,
    finishedAt: undefined,
    durationMs: undefined,
    outcome: 'none',
    words: '',
    failures: 0,
    succeededAt: undefined,
  };

  /** `name` is that of the job in the log, in metrics and on screen, one each; `everyMs`: how often it is looked. */
  protected constructor(
    private readonly http: HttpAdapterHost,
    private readonly name: string,
    private readonly everyMs: number,
  ) {
    this.logger = new Logger(name);
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
    void this.runNow();
    this.timer = setInterval(() => void this.runNow(), this.everyMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  get status(): JobStatus {
    return { name: this.name, everyMs: this.everyMs, isRunning: this.running !== undefined, ...this.last };
  }

  /** Looks now, or joins the look that is under way; ends with it, never in failure. */
  runNow(): Promise<void> {
    this.running ??= this.traced().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** A trace of its own, whoever asked for it; nothing where traces are off. */
  private traced(): Promise<void> {
    return trace.getTracer(TRACER).startActiveSpan(`job ${this.name}`, {}, ROOT_CONTEXT, async (span) => {
      await this.tell();
      if (this.last.outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  }

  private async tell(): Promise<void> {
    const startedAt = new Date();
    this.last = { ...this.last, startedAt };
    const ended = (outcome: 'done' | 'waiting' | 'failed', words: string): void => {
      const finishedAt = new Date();
      const durationMs = finishedAt.getTime() - startedAt.getTime();
      const failures = outcome === 'failed' ? this.last.failures + 1 : 0;
      const succeededAt = outcome === 'done' ? finishedAt : this.last.succeededAt;
      this.last = { startedAt, finishedAt, durationMs, outcome, words, failures, succeededAt };
    };
    try {
      const done = await this.look();
      ended('done', done ?? '');
      if (done !== undefined) this.logger.log(done);
    } catch (error) {
      const words = this.expected(error);
      ended(words === undefined ? 'failed' : 'waiting', words ?? errorCode(error));
      if (words !== undefined) this.logger.warn(words);
      // A database that is away is told by the health check.
      else if (!isConnectionLoss(error)) this.logger.error(error);
    }
  }
}
