import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';

import type { Logger } from '../platform/log/logger.js';
import { packageRoot } from '../platform/package-root.js';
import { STOP } from './stopping.js';

/** Tells a process which one it is, from 1. */
export const PROCESS_NUMBER = 'MEDITORY_PROCESS';

/** One that ended is started again after this, twice as long each time it does not last, ms. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** One that answered for so long is in order: the next wait is the first again, ms. */
const LASTED_MS = 60_000;

/**
 * Answers one port with several processes, one for each core that is to be used. The first one alone makes what a first start makes, and the
 * others follow when it answers. What ends unasked is started again. Answers what stops them all in good order; throws when the first
 * does not come up.
 */
export async function startProcesses(count: number, logger: Logger): Promise<() => Promise<void>> {
  cluster.setupPrimary({ exec: join(packageRoot(), 'dist', 'main.js'), args: ['start'] });
  let isUp = false;
  let isStopping = false;

  const keep = (number: number, waitMs: number): Worker => {
    const startedAt = Date.now();
    const worker = cluster.fork({ [PROCESS_NUMBER]: String(number) });
    worker.once('exit', (code, signal) => {
      if (isStopping || !isUp) return;
      const wait = Date.now() - startedAt > LASTED_MS ? FIRST_WAIT_MS : waitMs;
      logger.error({ process: number, code, signal, againMs: wait }, 'a process of the server ended');
      setTimeout(() => {
        if (!isStopping) keep(number, Math.min(2 * wait, LONGEST_WAIT_MS));
      }, wait);
    });
    return worker;
  };

  const first = keep(1, FIRST_WAIT_MS);
  await new Promise<void>((resolve, reject) => {
    first.once('listening', () => resolve());
    first.once('exit', () => reject(new Error('The first process of the server did not come up.')));
  });
  isUp = true;
  for (let number = 2; number <= count; number++) keep(number, FIRST_WAIT_MS);

  return async () => {
    isStopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      workers.map((worker) => {
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        worker.send(STOP);
        return ended;
      }),
    );
  };
}
