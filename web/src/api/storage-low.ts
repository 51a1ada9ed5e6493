import { useSyncExternalStore } from 'react';

/*
 * Whether the server refuses changes because its disk is nearly full. Every answer says it, so the first one after it began, and the first
 * one after it is over, are enough to know.
 */

let isLow = false;
const listeners = new Set<() => void>();

/** Takes from an answer whether the disk of the server is nearly full. */
export function noteStorage(answer: Response): void {
  const says = answer.headers.get('X-Meditory-Storage') === 'low';
  if (says === isLow) return;
  isLow = says;
  listeners.forEach((listener) => listener());
}

function onStorage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while the server refuses changes for want of space. */
export const useStorageLow = (): boolean => useSyncExternalStore(onStorage, () => isLow);
