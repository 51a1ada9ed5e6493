import {
  DomainError,
  Duplicate,
  InvalidRequest,
  LostRace,
  RuleViolation,
  StorageFull,
  TemporarilyUnavailable,
} from './domain-error.js';

/** What PostgreSQL says of a failed statement, as the driver hands it on. */
export interface DatabaseFailure {
  readonly code: string;
  readonly constraint?: string;
  readonly detail?: string;
  readonly message: string;
}

type Refusal = (failure: DatabaseFailure) => DomainError;
const refusals = new Map<string, Refusal>();

/**
 * Says which refusal a constraint or SQLSTATE of ours stands for. Slices register theirs at import; the third ring of
 * validation (the database) then speaks the same language as the first two. Throws where two slices mean different things by one name.
 */
export function registerRefusals(table: Readonly<Record<string, Refusal>>): void {
  for (const [name, refusal] of Object.entries(table)) {
    if (refusals.has(name)) throw new Error(`two refusals are registered for ${name}`);
    refusals.set(name, refusal);
  }
}

/** The database failure inside an error of the driver or of TypeORM, if there is one. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  const candidate = error instanceof Error && 'driverError' in error ? error.driverError : error;
  if (!(candidate instanceof Error) || !('code' in candidate) || typeof candidate.code !== 'string')
    return undefined;
  return candidate as Error & DatabaseFailure;
}

/** A disk that is full is not a server that went away: it goes on reading. */
const DISK_FULL = '53100';
/** 25P03 and 25P04 end the connection of who stood still within a transaction, or was too long at one. */
const CONNECTION_LOST = /^(08|57P|53(?!100)|25P0[34])|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;

/** True when the failure is one that a fresh try of the whole transaction may not meet again. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof LostRace) return true;
  const code = databaseFailure(error)?.code;
  return code === '40001' || code === '40P01';
}

/** True when the connection or the server went away. */
export function isConnectionLoss(error: unknown): boolean {
  const failure = databaseFailure(error);
  if (failure && CONNECTION_LOST.test(failure.code)) return true;
  return (
    error instanceof Error &&
    /Query runner already released|Connection terminated|connection is closed|timeout exceeded when trying to connect|not queryable|Client was closed|Connection ended/i.test(
      error.message,
    )
  );
}

/** Translates a database failure into a refusal with a status below 500 where it is one, and 503 where waiting helps. */
export function toDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (isConnectionLoss(error)) return new TemporarilyUnavailable();
  const failure = databaseFailure(error);
  if (!failure) return undefined;
  const refusal = (failure.constraint && refusals.get(failure.constraint)) || refusals.get(failure.code);
  if (refusal) return refusal(failure);
  switch (failure.code) {
    case DISK_FULL:
      return new StorageFull();
    case '23505':
      return new Duplicate('The same entry exists already.');
    case '23503':
      return new RuleViolation('Something this refers to does not exist, or is not of this branch.');
    case '23514':
    case '23502':
      return new RuleViolation('A value is outside what is allowed.', { constraint: failure.constraint });
    case '40001':
    case '40P01':
    case '55P03':
    case '57014':
      return new TemporarilyUnavailable(
        'The system is busy with the same records. Nothing was saved; try again.',
      );
    case '22001':
    case '22003':
    case '22007':
    case '22008':
    case '22021':
    case '22P02':
    case '22P05':
      return new InvalidRequest('A value cannot be stored as given.');
    default:
      return undefined;
  }
}
