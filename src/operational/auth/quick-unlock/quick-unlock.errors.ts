import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../../platform/errors/domain-error.js';

/** 409: too many wrong PINs; the PIN is dead until its user sets it again with his password. */
export class PinLocked extends DomainError {
  readonly code = 'pin-locked';
  readonly status = 409;
  readonly title = 'PIN is blocked';
  constructor() {
    super('There were too many wrong PINs. Give your password, and set a new PIN afterwards.');
  }
}

registerRefusals({
  quick_unlocks_badge_key: () => new Duplicate('This badge belongs to somebody already.'),
});
