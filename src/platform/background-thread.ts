import { setPriority } from 'node:os';

/** Niceness of work that nobody waits for at the counter: it gets what the others leave, yet is never starved. */
const BACKGROUND = 10;

/**
 * Called by a worker thread as its first step: where its work and the counter's want the same processor, the counter goes
 * first. Only Linux keeps priorities by thread; elsewhere it would slow down the whole process, so nothing is done.
 */
export function runInBackground(): void {
  if (process.platform === 'linux') setPriority(0, BACKGROUND);
}
