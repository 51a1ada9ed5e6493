import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate, RuleViolation } from '../../platform/errors/domain-error.js';

/** 422: the patient has no cover that is valid on the day of service. */
export class NoCover extends DomainError {
  readonly code = 'no-cover';
  readonly status = 422;
  readonly title = 'No cover';
  constructor() {
    super('This patient has no cover that is valid on that day.');
  }
}

/** 409: no payer is asked for this fill; `params.reason` is `sold`, `taken_back` or `no_price`. */
export class FillNotClaimable extends DomainError {
  readonly code = 'fill-not-claimable';
  readonly status = 409;
  readonly title = 'Cannot be claimed';
  constructor(reason: 'sold' | 'taken_back' | 'no_price') {
    super('No payer is asked for this fill: it was sold or taken back, or has no price.', { reason });
  }
}

/** 409: payers are asked in their order: the claims on later covers are reversed first. */
export class ClaimOrder extends DomainError {
  readonly code = 'claim-order';
  readonly status = 409;
  readonly title = 'Later payer has answered';
  constructor() {
    super('A payer that comes later has answered for this fill already. Reverse that claim first.');
  }
}

/** 409: the fill was sold with this claim: it is reversed by returning the sale. */
export class ClaimSold extends DomainError {
  readonly code = 'claim-sold';
  readonly status = 409;
  readonly title = 'Sold with this claim';
  constructor() {
    super('The fill was sold with this claim. Take the sale back, which reverses it.');
  }
}

/** 409: a payer pays for what was handed over. */
export class ClaimNotPayable extends DomainError {
  readonly code = 'claim-not-payable';
  readonly status = 409;
  readonly title = 'Not handed over';
  constructor() {
    super('The fill of this claim was not handed over, so the payer owes nothing yet.');
  }
}

/** 409: a payer of the fill has not answered or has refused, so nobody knows what the patient pays. */
export class ClaimUnsettled extends DomainError {
  readonly code = 'claim-unsettled';
  readonly status = 409;
  readonly title = 'Claim is open';
  constructor(fillId: number, claimStatus: string) {
    super(
      'A claim of this fill is open. Settle it first: ask again, correct it, write it off or reverse it.',
      {
        fillId,
        claimStatus,
      },
    );
  }
}

/** 409: claim and fill are no longer as they were read. */
export class ClaimMoved extends DomainError {
  readonly code = 'claim-moved';
  readonly status = 409;
  readonly title = 'Claim has changed';
  constructor() {
    super('The claim or its fill has changed meanwhile. Read it again.');
  }
}

/** 503: the payer does not answer. The claim stays submitted and can be asked again. */
export class PayerUnavailable extends DomainError {
  readonly code = 'payer-unavailable';
  readonly status = 503;
  readonly title = 'Payer does not answer';
  constructor() {
    super('The payer does not answer at the moment. The claim is kept; ask again later.');
  }
}

/** 422: there is nothing to hand over to this payer in these days. */
export class NothingToExport extends DomainError {
  readonly code = 'nothing-to-export';
  readonly status = 422;
  readonly title = 'Nothing to hand over';
  constructor() {
    super('There is no answered claim of a fill that was handed over which is not in a batch already.');
  }
}

/** SQLSTATE of a claim that would use more than its period or authorisation leaves: another was answered meanwhile. */
export const LIMIT_USED_UP = 'MD242';

registerRefusals({
  MD240: () => new ClaimMoved(),
  MD241: () => new RuleViolation('The cover is not one of the patient the fill is for.'),
  MD242: () => new ClaimMoved(),
  MD243: () => new FillNotClaimable('sold'),
  MD244: () => new ClaimMoved(),
  MD245: () => new ClaimMoved(),
  claims_open_key: () => new ClaimMoved(),
  payments_claim_once_key: () => new ClaimMoved(),
  payers_name_key: () => new Duplicate('A payer of this name exists already.'),
  payer_plans_code_key: () => new Duplicate('This payer has a plan of this code already.'),
  payer_plans_check: () => new RuleViolation('A plan cannot end before it begins.'),
  coverage_rules_subject_key: () => new Duplicate('The plan has a rule about this already.'),
  prior_authorisations_number_key: () => new Duplicate('This authorisation is on record already.'),
  prior_authorisations_check: () => new RuleViolation('An authorisation cannot end before it begins.'),
});
