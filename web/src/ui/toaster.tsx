import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { dropShownToasts, subscribeToasts, waitingToasts } from './toasts';

const ToastHost = lazy(() => import('./toast-host').then((module) => ({ default: module.ToastHost })));

/** The place of toasts; mounted once. The kit for them is downloaded with the first one. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToasts, waitingToasts);
  const [everAsked, setEverAsked] = useState(false);
  if (toasts.length > 0 && !everAsked) setEverAsked(true);
  if (!everAsked) return null;
  return (
    <Suspense fallback={null}>
      <ToastHost toasts={toasts} onShown={dropShownToasts} />
    </Suspense>
  );
}
