import { databaseFailure } from './database-errors.js';

/** What kind of failure it was, without its text: SQLSTATE or the system's code, else the name of the error. */
export function errorCode(error: unknown): string {
  return databaseFailure(error)?.code ?? (error instanceof Error ? error.name : typeof error);
}
