import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';

/** 409: another till has it, it was discarded, or its time is over. */
export class HeldBasketGone extends DomainError {
  readonly code = 'held-basket-gone';
  readonly status = 409;
  readonly title = 'Basket is not held any more';
  constructor(params: { status?: string } = {}) {
    super('Another till has resumed this basket, it was discarded, or its time is over.', params);
  }
}

/** 409: the branch holds as many baskets as it may. */
export class TooManyHeldBaskets extends DomainError {
  readonly code = 'too-many-held-baskets';
  readonly status = 409;
  readonly title = 'Too many baskets are held';
  constructor() {
    super('This branch holds as many baskets as it may: resume or discard one first.');
  }
}

registerRefusals({
  MD440: () => new HeldBasketGone(),
  MD441: () => new TooManyHeldBaskets(),
  held_baskets_patient_fkey: () => new NotFound('patient'),
});
