import { registerRefusals } from '../../platform/errors/database-errors.js';
import {
  DomainError,
  Duplicate,
  InvalidTransition,
  NotFound,
  RuleViolation,
} from '../../platform/errors/domain-error.js';

/** 409: something of the patient is still open; `params.open` says what, and how many. */
export class ErasureBlocked extends DomainError {
  readonly code = 'erasure-blocked';
  readonly status = 409;
  readonly title = 'Something is still open';
  constructor(open: Readonly<Record<string, number>>) {
    super(
      'Nobody is erased while something of his is open: finish or cancel prescriptions, fills, claims and baskets, settle accounts, and have emergency accesses reviewed.',
      { open },
    );
  }
}

/** 422: where duties are separate, who wrote a request down does not approve it. */
export class ErasureBySecond extends DomainError {
  readonly code = 'erasure-by-second';
  readonly status = 422;
  readonly title = 'Approved by somebody else';
  constructor() {
    super('This branch separates duties: what you wrote down is approved by another person.');
  }
}

const openOf = (detail: string | undefined): Record<string, number> => {
  const parsed: unknown = JSON.parse(detail ?? '{}');
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([kind, count]) => [kind, Number(count)]));
};

registerRefusals({
  MD471: () => new ErasureBySecond(),
  MD472: ({ detail }) => new InvalidTransition('erasure request', detail ?? 'decided', 'decide', []),
  MD473: ({ detail }) => new ErasureBlocked(openOf(detail)),
  MD474: () => new NotFound('erasure request'),
  MD475: () => new RuleViolation('Who an erased patient was is read by somebody, for a reason.'),
  erasure_requests_open_key: () => new Duplicate('There is a request for this patient already.'),
  erasure_requests_asked_check: () =>
    new RuleViolation('Who asks for another person is named, and how he proved it is said.'),
});
