import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

/** ISMP: a bare Enter must not dismiss an alert that has only just appeared. */
const GUARD_MS = 400;

interface EnterGuardProps {
  /** True while stops are on show: then Enter presses nothing at all here, and the signing key must be used. */
  always: boolean;
  children: ReactNode;
}

/** Swallows Enter, except where `data-enter-ok` says that it only leads back: for the first 400 ms, and always while there are stops to override. */
export function EnterGuard({ always, children }: EnterGuardProps) {
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
  }, []);

  function onKeyDownCapture(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey) return;
    if (event.target instanceof HTMLElement && event.target.closest('[data-enter-ok]')) return;
    if (always || performance.now() - shownAt.current < GUARD_MS) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  return <div onKeyDownCapture={onKeyDownCapture}>{children}</div>;
}
