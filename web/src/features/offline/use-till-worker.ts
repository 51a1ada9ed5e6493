import { useEffect, useState } from 'react';

const CHECK_MS = 30 * 60_000;

/**
 * Keeps the files of this build in the browser, so that the program starts without the server, and says when a newer build has been kept.
 * Browsers do that in secure contexts alone (HTTPS, or this machine itself); elsewhere nothing happens.
 */
export function useTillWorker(): { update: (() => void) | undefined } {
  const [newer, setNewer] = useState<ServiceWorkerRegistration>();
  useEffect(() => {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return undefined;
    const { serviceWorker } = navigator;
    let timer: ReturnType<typeof setInterval> | undefined;
    const watch = (registration: ServiceWorkerRegistration) => {
      const note = () => {
        // The first one takes over by itself; one that waits is an update.
        if (registration.waiting && serviceWorker.controller) setNewer(registration);
      };
      note();
      registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', note);
      });
      timer = setInterval(() => void registration.update().catch(() => undefined), CHECK_MS);
    };
    // Without one the program works as before; it only does not start without the server.
    serviceWorker.register('/sw.js').then(watch, () => undefined);
    return () => clearInterval(timer);
  }, []);

  function takeOver(registration: ServiceWorkerRegistration): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
      once: true,
    });
    // Whichever waits now: an even newer one may have come since.
    registration.waiting?.postMessage('take-over');
  }

  return { update: newer && (() => takeOver(newer)) };
}
