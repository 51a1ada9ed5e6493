import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError } from '../../../platform/errors/domain-error.js';

/** 409: a cashier has one open shift at a branch at a time. */
export class ShiftAlreadyOpen extends DomainError {
  readonly code = 'shift-already-open';
  readonly status = 409;
  readonly title = 'Shift is open already';
  constructor() {
    super('You have an open till shift at this branch already.');
  }
}

/** 409: the shift has been closed; its drawer is counted. */
export class ShiftClosed extends DomainError {
  readonly code = 'shift-closed';
  readonly status = 409;
  readonly title = 'Shift is closed';
  constructor() {
    super('This till shift is closed.');
  }
}

registerRefusals({
  till_shifts_one_open_key: () => new ShiftAlreadyOpen(),
  till_counts_pkey: () => new ShiftClosed(),
});
