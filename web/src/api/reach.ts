import { useSyncExternalStore } from 'react';

/*
 * Whether the server can be reached. A call without an answer is a suspicion; asking whether the server is ready settles it, within a time
 * after which a person would have given up. While it is gone it is asked again and again.
 */

const READY = '/api/health/ready';
const ANSWER_MS = 4_000;
const AGAIN_MS = 3_000;

let isGone = false;
let isHeld = false;
let asking: Promise<void> | undefined;
const listeners = new Set<() => void>();

function tell(): void {
  listeners.forEach((listener) => listener());
}

async function ask(): Promise<void> {
  const isHere = await fetch(READY, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );
  if (isGone === isHere) {
    isGone = !isHere;
    tell();
  }
  if (isGone) setTimeout(() => void suspectServer(), AGAIN_MS);
}

/** Asks whether the server is there, because there is reason to doubt it; callers in the meantime share the answer. */
export function suspectServer(): Promise<void> {
  asking ??= ask().finally(() => (asking = undefined));
  return asking;
}

/** Calls `listener` when the server goes or comes back; returns the unsubscribe. */
export function onReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while the server cannot be reached. */
export const isServerGone = (): boolean => isGone;

/** Work that was begun without the server is ended so: while it is held, screens stay as they are when the server comes back. */
export function holdOffline(held: boolean): void {
  if (isHeld === held) return;
  isHeld = held;
  tell();
}

/** True while the server cannot be reached, or while work without it is under way. */
export const useWorksOffline = (): boolean => useSyncExternalStore(onReach, () => isGone || isHeld);

/** True while the server cannot be reached. */
export const useServerGone = (): boolean => useSyncExternalStore(onReach, isServerGone);
