/** Parameters a problem carries for programs: never patient data. */
export type ProblemParams = Readonly<Record<string, unknown>>;

/** One field at fault in a request body, by JSON pointer. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * A refusal the caller can understand and act on. It becomes an RFC 9457 problem: `type` = /problems/{code}.
 * Subclass it in the slice that refuses; the detail is plain words without patient data.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;
  abstract readonly title: string;

  constructor(
    detail: string,
    readonly params: ProblemParams = {},
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

/** 404: there is no such thing, or it is not yours to see (another branch's row looks the same). */
export class NotFound extends DomainError {
  readonly code = 'not-found';
  readonly status = 404;
  readonly title = 'Not found';
  constructor(what: string) {
    super(`There is no such ${what}.`);
  }
}

/** 409: somebody changed it since you read it. */
export class StaleVersion extends DomainError {
  readonly code = 'stale-version';
  readonly status = 409;
  readonly title = 'Changed meanwhile';
  constructor(what: string) {
    super(`This ${what} was changed by somebody else. Read it again and repeat your change.`);
  }
}

/** 409: the same thing exists already. */
export class Duplicate extends DomainError {
  readonly code = 'duplicate';
  readonly status = 409;
  readonly title = 'Exists already';
}

/** 409: the state machine has no such step from here; `params.allowed` are the steps that are possible. */
export class InvalidTransition extends DomainError {
  readonly code = 'invalid-transition';
  readonly status = 409;
  readonly title = 'Not possible in this state';
  /** `step` is the command asked for, or the state where steps have no names of their own. */
  constructor(what: string, from: string, step: string, allowed: readonly string[]) {
    super(`This ${what} is ${from}: ${step} is not possible now.`, { from, to: step, allowed });
  }
}

/** 422: well formed, but a rule refuses it. */
export class RuleViolation extends DomainError {
  readonly code = 'rule-violation';
  readonly status = 422;
  readonly title = 'Refused by a rule';
}

/** 400: the request is not of the right shape. */
export class InvalidRequest extends DomainError {
  readonly code = 'invalid-request';
  readonly status = 400;
  readonly title = 'Invalid request';
}

/** 413: more bytes than are taken; `params.maxBytes` says how many. */
export class ContentTooLarge extends DomainError {
  readonly code = 'content-too-large';
  readonly status = 413;
  readonly title = 'Request too large';
  constructor(maxBytes: number) {
    super(`A file has ${maxBytes} bytes at the most.`, { maxBytes });
  }
}

/** 403: signed in, but without the right. */
export class Forbidden extends DomainError {
  readonly code = 'forbidden';
  readonly status = 403;
  readonly title = 'Not permitted';
}

/** 401: not signed in, or no longer. */
export class Unauthenticated extends DomainError {
  readonly code = 'unauthenticated';
  readonly status = 401;
  readonly title = 'Sign in first';
}

/** 422: the Idempotency-Key was used with another request. */
export class IdempotencyKeyReused extends DomainError {
  readonly code = 'idempotency-key-reused';
  readonly status = 422;
  readonly title = 'Idempotency key used before';
  constructor() {
    super('This Idempotency-Key belongs to another request. Use a new key for a new command.');
  }
}

/**
 * 503: the database does not answer at the moment, or not in time. Where the connection broke during the commit it is
 * not known whether the command took effect: the same call with the same Idempotency-Key settles that.
 */
export class TemporarilyUnavailable extends DomainError {
  readonly code = 'temporarily-unavailable';
  readonly status = 503;
  readonly title = 'Try again';
  constructor(
    detail = 'The database does not answer at the moment. Send the same request again; with the same Idempotency-Key nothing happens twice.',
  ) {
    super(detail);
  }
}

/** 503: more reports are asked for at once than are made; `params.retryAfterSeconds` says when to ask again. */
export class TooBusy extends DomainError {
  readonly code = 'too-busy';
  readonly status = 503;
  readonly title = 'Too many reports at once';
  constructor(retryAfterSeconds: number) {
    super('Too many reports are being made at the moment. Ask again in a few seconds.', {
      retryAfterSeconds,
    });
  }
}

/** 507: the disk of the database is full, or nearly: changes are refused, reading goes on, and it ends by itself. */
export class StorageFull extends DomainError {
  readonly code = 'storage-full';
  readonly status = 507;
  readonly title = 'The disk is full';
  constructor() {
    super(
      'The disk of the server is full, or nearly. Nothing was saved; reading works. Tell whoever looks after the server: changes are taken again when there is space.',
      { retryAfterSeconds: 30 },
    );
  }
}

/**
 * What a command had looked up was changed by another before it could be locked. The transaction is run again as after a
 * deadlock; who meets it every time is answered 503.
 */
export class LostRace extends TemporarilyUnavailable {
  constructor(what: string) {
    super(
      `This ${what} was changed again and again meanwhile. Send the same request again; with the same Idempotency-Key nothing happens twice.`,
    );
  }
}
