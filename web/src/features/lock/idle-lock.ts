import { useEffect, useEffectEvent } from 'react';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const LOOK_EVERY_MS = 5_000;

/** Calls `onIdle` once nobody has pressed a key or moved a pointer for so many minutes; 0: never. */
export function useIdleLock(minutes: number, onIdle: () => void): void {
  const lock = useEffectEvent(onIdle);
  useEffect(() => {
    if (minutes <= 0) return;
    let lastSign = Date.now();
    const note = () => {
      lastSign = Date.now();
    };
    for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true, capture: true });
    // Looked at, not waited for: a computer that slept through the time locks at once when it wakes.
    const look = setInterval(() => {
      if (Date.now() - lastSign < minutes * 60_000) return;
      clearInterval(look);
      lock();
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(look);
      for (const sign of SIGNS) window.removeEventListener(sign, note, { capture: true });
    };
  }, [minutes]);
}
