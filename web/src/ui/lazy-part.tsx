import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';

const IDLE_TIMEOUT_MS = 3_000;

/** Calls back when the browser has nothing better to do; Safari has no idle callback and waits a moment instead. */
function whenIdle(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = window.requestIdleCallback(run, { timeout: IDLE_TIMEOUT_MS });
    return () => window.cancelIdleCallback(handle);
  }
  const timer = setTimeout(run, 500);
  return () => clearTimeout(timer);
}

/**
 * A dialog that is not needed for the first picture: its code is fetched when the browser is idle, or at once when it
 * is opened before that, and it stays mounted afterwards so that what was typed in it is kept.
 */
export function lazyPart<Props extends { opened: boolean }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }));
  return function LazyPart(props: Props) {
    const [wanted, setWanted] = useState(false);
    useEffect(() => whenIdle(() => setWanted(true)), []);
    if (!wanted && !props.opened) return null;
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}
