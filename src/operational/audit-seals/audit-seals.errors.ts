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
  MD403: () => new RuleViolation('These are more entries for the audit trail than are taken at once.'),
});
