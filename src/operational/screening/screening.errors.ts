import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../platform/errors/domain-error.js';
import type { NotChecked } from '../../reference/clinical/clinical.types.js';
import { toShown, type Judged, type StoredAlert } from './screening.types.js';

/**
 * 422: alerts stop the fill or the sale until a pharmacist overrides each. `params.alerts` are the ones not answered,
 * `params.notChecked` what could not be judged.
 */
export class ScreeningStop extends DomainError {
  readonly code = 'screening-stop';
  readonly status = 422;
  readonly title = 'Stopped by screening';
  constructor(
    /** What was judged, so that it can be recorded once the refused command has left nothing behind. */
    readonly judged: Judged,
    /** The alerts no override has answered. */
    readonly unresolved: readonly StoredAlert[],
    notChecked: readonly NotChecked[],
  ) {
    super('Clinical alerts stop this. Override each with a reason, or do not go on.', {
      alerts: unresolved.map(toShown),
      notChecked,
    });
  }
}

/** 409: something would leave without a screening of this very moment. Do it again: it is screened anew. */
export class NotScreened extends DomainError {
  readonly code = 'not-screened';
  readonly status = 409;
  readonly title = 'Not screened';
  constructor() {
    super('This has no screening of this moment, or a stop nobody has overridden.');
  }
}

registerRefusals({
  MD010: () => new NotScreened(),
  alert_overrides_once_key: () => new Duplicate('This alert is overridden for this fill already.'),
  alert_overrides_sale_key: () => new Duplicate('This alert is overridden for this sale already.'),
});
