import { useSyncExternalStore } from 'react';

/*
 * As of when answers are that were read from a copy of the database, by their path: the newest answer of a path says it for the screen that
 * shows it.
 */

const asOf = new Map<string, string>();
const listeners = new Set<() => void>();

/** Takes from an answer as of when it is; one of this moment says nothing. */
export function noteAge(path: string, answer: Response): void {
  const says = answer.headers.get('X-Data-As-Of') ?? undefined;
  if (says === asOf.get(path)) return;
  if (says === undefined) asOf.delete(path);
  else asOf.set(path, says);
  listeners.forEach((listener) => listener());
}

function onAge(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** As of when the last answer of a path is (an instant); undefined: of this moment. */
export const useAsOf = (path: string): string | undefined =>
  useSyncExternalStore(onAge, () => asOf.get(path));
