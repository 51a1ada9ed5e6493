import { DomainError } from '../../platform/errors/domain-error.js';

/** 409: somebody else has the card in hand. */
export class WorkTaken extends DomainError {
  readonly code = 'work-taken';
  readonly status = 409;
  readonly title = 'Somebody else has it';
  constructor(userName: string) {
    super('Somebody else has this in hand.', { userName });
  }
}

/** 409: the lease has ended: given back, moved on, or its time ran out. */
export class LeaseEnded extends DomainError {
  readonly code = 'lease-ended';
  readonly status = 409;
  readonly title = 'No longer in hand';
  constructor() {
    super('This is no longer in hand. Take it from the board again.');
  }
}

/** 429: too many boards are followed live; a board can still be read. */
export class TooManyStreams extends DomainError {
  readonly code = 'too-many-streams';
  readonly status = 429;
  readonly title = 'Too many live boards';
  constructor(retryAfterSeconds: number) {
    super('Too many boards are followed live. Close one, or read the board without.', { retryAfterSeconds });
  }
}
