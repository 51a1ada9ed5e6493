import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError, Duplicate, Forbidden, NotFound } from '../../../platform/errors/domain-error.js';
import type { LimitFinding, LimitUsage } from './purchase-limits.domain.js';

/** A limit and what stands in the way under it. */
export type JudgedLimit = LimitUsage & { readonly findings: readonly LimitFinding[] };

/** 422: the buyer is younger than a product may be sold to; nobody lets that pass. */
export class BuyerTooYoung extends DomainError {
  readonly code = 'buyer-too-young';
  readonly status = 422;
  readonly title = 'Buyer too young';
  constructor(limits: readonly JudgedLimit[]) {
    super('This may not be sold to somebody of that age.', { limits });
  }
}

/** 422: who buys must be known: a document is looked at, or his record named. */
export class IdentityCheckRequired extends DomainError {
  readonly code = 'identity-check-required';
  readonly status = 422;
  readonly title = 'Look at who buys';
  constructor(limits: readonly JudgedLimit[] = []) {
    super('Look at a document of the buyer and enter it: a limit asks who buys this.', { limits });
  }
}

/** 422: more than a person may buy; less of it, or somebody with the right says why. */
export class PurchaseLimitExceeded extends DomainError {
  readonly code = 'purchase-limit-exceeded';
  readonly status = 422;
  readonly title = 'More than may be sold';
  constructor(limits: readonly JudgedLimit[] = []) {
    super(
      'This is more than may be sold to one person: take some of it out, or somebody with the right gives a reason.',
      { limits },
    );
  }
}

registerRefusals({
  MD223: () => new PurchaseLimitExceeded(),
  MD224: () => new IdentityCheckRequired(),
  MD225: () => new Forbidden('You may not let a purchase limit pass.'),
  purchase_limits_drug_key: () => new Duplicate('This product has a limit already: change or end it.'),
  purchase_limits_ingredient_key: () =>
    new Duplicate('This ingredient has a limit already: change or end it.'),
  purchase_limits_drug_id_fkey: () => new NotFound('drug'),
  purchase_limits_ingredient_fkey: () => new NotFound('ingredient'),
});
