import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, RuleViolation } from '../../platform/errors/domain-error.js';

/** 422: no keys are configured, so there is nothing to prove. */
export class NotSealed extends DomainError {
  readonly code = 'audit-not-sealed';
  readonly status = 422;
  readonly title = 'The audit trail is not sealed';
  constructor() {
    super('The audit trail is not sealed here: MEDITORY_AUDIT_KEY_FILE is not set.');
  }
}

registerRefusals({
  MD401: () => new RuleViolation('A seal of the audit trail does not follow the last one.'),
  MD402: () =>
    new RuleViolation(
      'These rows of the audit trail cannot be taken out: whole seals, old enough, from the beginning.',
    ),
  MD476: () => new RuleViolation('The audit trail has no part for this month.'),
  MD477: () =>
    new RuleViolation(
      'Months leave the audit trail from the oldest on, and a year after their end at the earliest.',
    ),
  MD478: () => new RuleViolation('The rows of this month are not those that its seals know.'),
  MD403: () => new RuleViolation('These are more entries for the audit trail than are taken at once.'),
});
