/**
 * Where an offline sale of this till stands. `waiting`: kept here, to be sent; `sending`: under way; `held`: the server refused to take it so
 * often that only a person sends it again; `posted`, `conflict`, `rejected`: the server has it, and that is what became of it.
 */
export type QueueStatus = 'waiting' | 'sending' | 'held' | 'posted' | 'conflict' | 'rejected';

/** What sending needs to know of a kept sale. */
export interface Queued {
  status: QueueStatus;
  /** Refusals in a row; a server that cannot be reached is none. */
  attempts: number;
  /** Not sent before this moment, milliseconds since 1970. */
  nextTryAt: number;
  /** Why it was not taken the last time; null: it was not tried, or it was taken. */
  problem: string | null;
}

/** How a sale that was sent ended. */
export type SendOutcome =
  | { kind: 'taken'; status: 'posted' | 'conflict' | 'rejected' }
  /** No answer: it is unknown whether it arrived, and it is sent again with the same identity. */
  | { kind: 'unreachable' }
  /** Nobody is signed in any more: nothing is wrong with the sale. */
  | { kind: 'signed-out' }
  | { kind: 'refused'; code: string };

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** Refusals in a row after which a sale is sent by hand only. */
export const MOST_ATTEMPTS = 12;

/** Milliseconds to wait after so many refusals: doubled each time, five minutes at the most. */
export const waitAfter = (attempts: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.max(attempts - 1, 0), LONGEST_WAIT_MS);

/** A sale as it is kept first. */
export const FRESH: Queued = { status: 'waiting', attempts: 0, nextTryAt: 0, problem: null };

const isHere = ({ status }: Queued): boolean =>
  status !== 'posted' && status !== 'conflict' && status !== 'rejected';

/** True while the server does not have it. */
export const isUnsent = isHere;

/** A sale found `sending` when the page starts: whether it arrived is unknown, so it waits again. */
export const recovered = <Sale extends Queued>(sale: Sale): Sale =>
  sale.status === 'sending' ? { ...sale, status: 'waiting' } : sale;

/** The sale while it is under way; only a waiting one goes. */
export const sending = <Sale extends Queued>(sale: Sale): Sale =>
  sale.status === 'waiting' ? { ...sale, status: 'sending' } : sale;

/** The sale after it was sent. What the server has never comes back. */
export function afterSending<Sale extends Queued>(sale: Sale, outcome: SendOutcome, now: number): Sale {
  if (!isHere(sale)) return sale;
  switch (outcome.kind) {
    case 'taken':
      return { ...sale, status: outcome.status, problem: null };
    case 'unreachable':
    case 'signed-out':
      return { ...sale, status: 'waiting', problem: outcome.kind };
    case 'refused': {
      const attempts = sale.attempts + 1;
      return {
        ...sale,
        status: attempts >= MOST_ATTEMPTS ? 'held' : 'waiting',
        attempts,
        nextTryAt: now + waitAfter(attempts),
        problem: outcome.code,
      };
    }
  }
}

/** Somebody wants it sent now, whatever was refused before. */
export const released = <Sale extends Queued>(sale: Sale): Sale =>
  sale.status === 'held' || sale.status === 'waiting'
    ? { ...sale, status: 'waiting', attempts: 0, nextTryAt: 0 }
    : sale;

/** The sale to be sent next: the oldest that may go now. Sales are given in the order they were made. */
export const nextToSend = <Sale extends Queued>(sales: readonly Sale[], now: number): Sale | undefined =>
  sales.find((sale) => sale.status === 'waiting' && sale.nextTryAt <= now);

/** When the next waiting sale may go; undefined: none waits. */
export function nextMoment(sales: readonly Queued[]): number | undefined {
  const waiting = sales.filter(({ status }) => status === 'waiting').map(({ nextTryAt }) => nextTryAt);
  return waiting.length === 0 ? undefined : Math.min(...waiting);
}

/** How many are kept here alone, and how many of those a person must send. */
export const countsOf = (sales: readonly Queued[]): { unsent: number; held: number } => ({
  unsent: sales.filter(isHere).length,
  held: sales.filter(({ status }) => status === 'held').length,
});
