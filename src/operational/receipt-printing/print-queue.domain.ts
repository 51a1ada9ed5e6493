import type { PrintFailure } from './receipt-printing.types.js';

/** Tries before a job is given up: about six minutes of a printer that is off. */
export const MOST_TRIES = 10;
/** A drawer that opens later than this opens in front of somebody else. */
export const DRAWER_SECONDS = 45;
const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 60;

export interface AfterTry {
  readonly status: 'printed' | 'waiting' | 'failed';
  readonly failure: PrintFailure | null;
  readonly waitSeconds: number;
}

/** What follows a try: the end, or another one after a wait that doubles. */
export function afterTry(attempts: number, failure: PrintFailure | undefined): AfterTry {
  if (failure === undefined) return { status: 'printed', failure: null, waitSeconds: 0 };
  if (attempts >= MOST_TRIES) return { status: 'failed', failure, waitSeconds: 0 };
  const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (attempts - 1));
  return { status: 'waiting', failure, waitSeconds };
}
