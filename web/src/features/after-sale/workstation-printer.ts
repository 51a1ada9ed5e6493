import { useCallback, useSyncExternalStore } from 'react';

/** Which receipt printer stands at this workstation, remembered by its browser. */
export interface WorkstationPrinter {
  printerId: number;
  /** A receipt goes to it by itself when a sale is paid; the drawer opens with it. */
  prints: 'always' | 'asked';
}

const KEY = 'meditory.receiptPrinter';
const listeners = new Set<() => void>();

/** The printer of this workstation; undefined: receipts are printed by the browser. */
export function workstationPrinter(): WorkstationPrinter | undefined {
  const [id, prints] = (localStorage.getItem(KEY) ?? '').split(':');
  const printerId = Number(id);
  return printerId > 0 ? { printerId, prints: prints === 'asked' ? 'asked' : 'always' } : undefined;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The printer of this workstation, and the way to choose another or none. */
export function useWorkstationPrinter(): [
  WorkstationPrinter | undefined,
  (next: WorkstationPrinter | undefined) => void,
] {
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(KEY));
  const choose = useCallback((next: WorkstationPrinter | undefined) => {
    if (next) localStorage.setItem(KEY, `${next.printerId}:${next.prints}`);
    else localStorage.removeItem(KEY);
    listeners.forEach((listener) => listener());
  }, []);
  return [stored === null ? undefined : workstationPrinter(), choose];
}
