import type { Problem } from '../api/problem';

/** Something to say in passing. */
export interface Toast {
  kind: 'done' | 'refused';
  title?: string;
  /** Words, or the refusal that says them. */
  message: string | Problem;
}

let waiting: readonly Toast[] = [];
const listeners = new Set<() => void>();

function push(toast: Toast): void {
  waiting = [...waiting, toast];
  listeners.forEach((listener) => listener());
}

/** Forgets the oldest toasts: they have been shown. */
export function dropShownToasts(count: number): void {
  waiting = waiting.slice(count);
  listeners.forEach((listener) => listener());
}

/** Calls `listener` at each change; returns the unsubscribe. */
export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that something was saved; goes by itself. */
export function toastDone(message: string): void {
  push({ kind: 'done', message });
}

/** Says that something was refused; stays long enough to be read. */
export function toastRefused(title: string, message: string | Problem): void {
  push({ kind: 'refused', title, message });
}

/** Toasts that are still to be shown. */
export function waitingToasts(): readonly Toast[] {
  return waiting;
}
