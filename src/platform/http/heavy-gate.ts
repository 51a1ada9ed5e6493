import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { finalize, type Observable } from 'rxjs';

import { PoolRegistry } from '../database/pools.js';
import { TooBusy } from '../errors/domain-error.js';
import { HEAVY } from '../security/decorators.js';

/** How long a report waits for its turn: somebody stands before the screen. */
const LONGEST_WAIT_MS = 2000;
/** Reports that may wait, for each that may run. */
const WAITING_PER_RUNNING = 8;
/** What those that are sent away are told to wait. */
const RETRY_AFTER_SECONDS = 5;

interface Waiting {
  readonly admit: () => void;
}

/**
 * Lets as many reports run as there are connections for them, a few wait for a moment, and sends the rest away (503 with Retry-After)
 * before they cost anything: who asks for five hundred reports slows down reports, never a till.
 */
@Injectable()
export class HeavyGate implements NestInterceptor {
  private running = 0;
  private readonly queue = new Set<Waiting>();

  constructor(
    private readonly reflector: Reflector,
    private readonly pools: PoolRegistry,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const isHeavy = this.reflector.getAllAndOverride<boolean | undefined>(HEAVY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isHeavy !== true) return next.handle();
    await this.enter();
    return next.handle().pipe(finalize(() => this.leave()));
  }

  /** How many reports run and wait. */
  numbers(): { readonly running: number; readonly waiting: number } {
    return { running: this.running, waiting: this.queue.size };
  }

  private async enter(): Promise<void> {
    const most = this.pools.max('reports');
    if (this.running < most) {
      this.running += 1;
      return;
    }
    if (this.queue.size >= most * WAITING_PER_RUNNING) throw new TooBusy(RETRY_AFTER_SECONDS);
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          clearTimeout(patience);
          resolve();
        },
      };
      const patience = setTimeout(() => {
        this.queue.delete(waiting);
        reject(new TooBusy(RETRY_AFTER_SECONDS));
      }, LONGEST_WAIT_MS);
      this.queue.add(waiting);
    });
  }

  /** Hands the place on to who has waited longest. */
  private leave(): void {
    const [next] = this.queue;
    if (!next) {
      this.running -= 1;
      return;
    }
    this.queue.delete(next);
    next.admit();
  }
}
