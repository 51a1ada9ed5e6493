import type { Logger } from '../platform/log/logger.js';

/** A server that was told to stop is gone within this time, whatever happens; answers under way get most of it. */
const STOP_MS = 15_000;

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** What the process that was started by hand says to those it started. */
export const STOP = 'stop';

/** Ends the process on the first signal in good order, within 15 s; a second signal ends it at once. */
export function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      endInOrder(logger, stop);
    });
}

/**
 * Ends one of several processes when the first of them says so. Signals are left to that one: a terminal and a service manager send them to
 * all, and the second of two would cut off what is under way. When it is gone, Node.js ends the process.
 */
export function stopWhenTold(logger: Logger, stop: () => Promise<void>): void {
  for (const signal of SIGNALS) process.on(signal, () => undefined);
  process.once('message', (message) => {
    if (message === STOP) endInOrder(logger, stop);
  });
}

function endInOrder(logger: Logger, stop: () => Promise<void>): void {
  setTimeout(() => process.exit(1), STOP_MS).unref();
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.error({ err: error }, 'the server did not stop in order');
      process.exit(1);
    },
  );
}
