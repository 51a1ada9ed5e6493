import { DomainError, type ProblemParams } from '../../platform/errors/domain-error.js';

/** 409: nothing is bought with a blocked account; payments and refunds go on. */
export class AccountBlocked extends DomainError {
  readonly code = 'account-blocked';
  readonly status = 409;
  readonly title = 'Account is blocked';
  constructor() {
    super('This account is blocked: nothing is bought with it. Payments are still taken.');
  }
}

/** 409: more would be owed than the customer may. */
export class CreditLimitReached extends DomainError {
  readonly code = 'credit-limit';
  readonly status = 409;
  readonly title = 'Above the credit limit';
  constructor(params: { limit?: string; balance?: string; available?: string } = {}) {
    super('The customer would owe more than the limit of the account.', params);
  }
}

/** 409: the limit would be lower than what is owed already. */
export class LimitBelowBalance extends DomainError {
  readonly code = 'limit-below-balance';
  readonly status = 409;
  readonly title = 'More is owed already';
  constructor() {
    super('More is owed than this limit allows: block the account, or take a payment first.');
  }
}

/** 409: less was paid ahead than is to be spent or given back. */
export class DepositShort extends DomainError {
  readonly code = 'deposit-short';
  readonly status = 409;
  readonly title = 'Not so much paid ahead';
  constructor(params: { available?: string } = {}) {
    super('Less was paid ahead than this.', params);
  }
}

/** 409: an entry to be settled is not open, or not of this account. */
export class EntryNotOpen extends DomainError {
  readonly code = 'entry-not-open';
  readonly status = 409;
  readonly title = 'Nothing open of it';
  constructor() {
    super('Nothing is open of an entry that was named to be settled.');
  }
}

/** 422: more would be given back to an account than it paid of the sale. */
export class OverRefunded extends DomainError {
  readonly code = 'over-refunded';
  readonly status = 422;
  readonly title = 'More than it paid';
  constructor() {
    super('More would be given back to this account than it paid of the sale.');
  }
}

/** 409: the customer has not so many points. */
export class PointsShort extends DomainError {
  readonly code = 'points-short';
  readonly status = 409;
  readonly title = 'Not so many points';
  constructor(params: { available?: number } = {}) {
    super('The customer has not so many points.', params);
  }
}

/** 422: points cannot pay this: none are spent at this branch, it is no whole number of them, or too few. */
export class PointsNotRedeemable extends DomainError {
  readonly code = 'points-not-redeemable';
  readonly status = 422;
  readonly title = 'Points cannot pay this';
  constructor(reason: 'inactive' | 'not-whole' | 'minimum', params: ProblemParams = {}) {
    super('Points cannot pay this amount by the rule of the branch.', { reason, ...params });
  }
}

/** 422: the database found that points do not follow from the sale. Nothing was saved. */
export class PointsDoNotFollow extends DomainError {
  readonly code = 'points-do-not-follow';
  readonly status = 422;
  readonly title = 'Points do not fit the sale';
  constructor() {
    super('Points do not follow from the sale. Nothing was saved.');
  }
}
