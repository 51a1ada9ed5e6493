import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate, RuleViolation } from '../../platform/errors/domain-error.js';

/** 409: "no known allergies" cannot be said while an active allergy is on record. */
export class AllergiesOnRecord extends DomainError {
  readonly code = 'allergies-on-record';
  readonly status = 409;
  readonly title = 'Allergies are on record';
  constructor() {
    super('This patient has active allergies. Make them inactive first, if they were recorded in error.');
  }
}

const noSuchDay = (): RuleViolation =>
  new RuleViolation('The day something was recorded does not fit what was recorded.');

registerRefusals({
  patients_pregnancy_day_check: noSuchDay,
  patients_due_date_check: noSuchDay,
  patients_child_pugh_day_check: noSuchDay,
  patient_allergies_once_key: () => new Duplicate('This allergy is on record already.'),
  patient_medications_ended_on_check: () => new RuleViolation('It cannot end before it started.'),
  patient_medications_check: () => new RuleViolation('It cannot end before it started.'),
  patient_insurance_check: () => new RuleViolation('The cover cannot end before it begins.'),
});
