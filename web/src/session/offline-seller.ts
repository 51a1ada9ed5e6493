/*
 * Who sells at this till while the server cannot be reached: the last one who was signed in. It is forgotten when he leaves or the
 * server says that his session is over, and stands for a shift after the server was heard of last.
 */

const KEY = 'meditory.offlineSeller';
const VALID_MS = 12 * 60 * 60_000;

/** Somebody who was signed in and may sell, and where. */
export interface OfflineSeller {
  userId: number;
  fullName: string;
  branchId: number;
  shiftId: number | null;
  /** When the server was heard of last, milliseconds since 1970. */
  seenAt: number;
}

/** Keeps who may go on selling. */
export function keepSeller(seller: OfflineSeller): void {
  localStorage.setItem(KEY, JSON.stringify(seller));
}

/** Nobody sells here without the server until somebody signs in. */
export function forgetSeller(): void {
  localStorage.removeItem(KEY);
}

/** Who may sell without the server at this moment; undefined: nobody. */
export function readSeller(now = Date.now()): OfflineSeller | undefined {
  const kept = localStorage.getItem(KEY);
  if (kept === null) return undefined;
  const seller = JSON.parse(kept) as OfflineSeller;
  return now - seller.seenAt < VALID_MS ? seller : undefined;
}
