import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate, RuleViolation } from '../../platform/errors/domain-error.js';
import type { NotChecked, Screening } from '../../reference/clinical/clinical.types.js';
import { PrescriptionNotFillable, QuantityExceedsAuthority } from './prescription-refusals.domain.js';
import { toShown, type StoredAlert } from './prescriptions.types.js';

/**
 * 422: alerts stop the fill until a pharmacist overrides each. `params.alerts` are the ones not answered,
 * `params.notChecked` what could not be judged.
 */
export class ScreeningStop extends DomainError {
  readonly code = 'screening-stop';
  readonly status = 422;
  readonly title = 'Stopped by screening';
  constructor(
    /** What was judged, so that it can be recorded once the refused command has left nothing behind. */
    readonly judged: { readonly prescriptionId: number; readonly screening: Screening },
    /** The alerts no override has answered. */
    readonly unresolved: readonly StoredAlert[],
    notChecked: readonly NotChecked[],
  ) {
    super('Clinical alerts stop this fill. Override each with a reason, or do not fill.', {
      alerts: unresolved.map(toShown),
      notChecked,
    });
  }
}

registerRefusals({
  MD005: () => new PrescriptionNotFillable('status'),
  prescriptions_authority_check: () => new QuantityExceedsAuthority(),
  fills_number_key: () => new Duplicate('This part of the fill was made a moment ago.'),
  alert_overrides_once_key: () => new Duplicate('This alert is overridden for this fill already.'),
  prescriptions_expiry_check: () => new RuleViolation('It would expire before it was written.'),
  fills_prescription_fkey: () => new RuleViolation('The prescription is not of this branch.'),
});
