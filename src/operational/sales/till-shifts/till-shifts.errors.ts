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

/** 409: the drawer was not counted, or something was posted in the shift since. */
export class DrawerNotCounted extends DomainError {
  readonly code = 'drawer-not-counted';
  readonly status = 409;
  readonly title = 'Count the drawer';
  constructor() {
    super(
      'The drawer was not counted, or something was sold or moved since. Count it, then close the shift.',
    );
  }
}

/** 409: the drawer was counted, and counted again. */
export class RecountUsed extends DomainError {
  readonly code = 'recount-used';
  readonly status = 409;
  readonly title = 'Counted twice already';
  constructor() {
    super('The drawer was counted twice. Close the shift on the last count.');
  }
}

/** 422: why the drawer is counted a second time must be said. */
export class RecountReasonNeeded extends DomainError {
  readonly code = 'recount-reason-needed';
  readonly status = 422;
  readonly title = 'Why is it counted again?';
  constructor() {
    super('The drawer was counted before. Say why it is counted again.', {}, [
      { pointer: '/recountReason', detail: 'must say why the drawer is counted again' },
    ]);
  }
}

/** 422: notes and coins do not add up to the amount given with them. */
export class PiecesMismatch extends DomainError {
  readonly code = 'pieces-mismatch';
  readonly status = 422;
  readonly title = 'Notes and coins do not add up';
  constructor() {
    super('Notes and coins do not add up to the amount.', {}, [
      { pointer: '/pieces', detail: 'must add up to the amount' },
    ]);
  }
}

/** 422: the currency of the branch has no such note or coin. */
export class UnknownDenomination extends DomainError {
  readonly code = 'unknown-denomination';
  readonly status = 422;
  readonly title = 'No such note or coin';
  constructor() {
    super('The currency of the branch has no such note or coin.', {}, [
      { pointer: '/pieces', detail: 'must be notes and coins of the currency' },
    ]);
  }
}

registerRefusals({
  till_shifts_one_open_key: () => new ShiftAlreadyOpen(),
  till_counts_pkey: () => new ShiftClosed(),
  z_reports_shift_key: () => new ShiftClosed(),
  MD230: () => new DrawerNotCounted(),
  MD231: () => new RecountUsed(),
  MD232: () => new RecountReasonNeeded(),
  MD233: () => new ShiftClosed(),
  MD234: () => new PiecesMismatch(),
  MD235: () => new UnknownDenomination(),
});
