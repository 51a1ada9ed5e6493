import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate, RuleViolation } from '../../platform/errors/domain-error.js';
import { PrescriptionNotFillable, QuantityExceedsAuthority } from './prescription-refusals.domain.js';

registerRefusals({
  MD005: () => new PrescriptionNotFillable('status'),
  prescriptions_authority_check: () => new QuantityExceedsAuthority(),
  fills_number_key: () => new Duplicate('This part of the fill was made a moment ago.'),
  prescriptions_expiry_check: () => new RuleViolation('It would expire before it was written.'),
  fills_prescription_fkey: () => new RuleViolation('The prescription is not of this branch.'),
});
