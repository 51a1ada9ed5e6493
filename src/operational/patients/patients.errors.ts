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

/** 409: the record was merged into another, where new entries belong; `params.mergedInto` is its number. */
export class PatientMerged extends DomainError {
  readonly code = 'patient-merged';
  readonly status = 409;
  readonly title = 'The record was merged into another';
  constructor(mergedInto?: number) {
    super(
      'This record was merged into another one of the same person. Use that one.',
      mergedInto === undefined ? {} : { mergedInto },
    );
  }
}

/** 409: the person asked to be erased, and was: nothing is written for him any more. */
export class PatientErased extends DomainError {
  readonly code = 'patient-erased';
  readonly status = 409;
  readonly title = 'The patient was erased';
  constructor() {
    super('This patient was erased on request. If he is back, enter him as a new patient.');
  }
}

/** 409: nothing is prescribed, filled, handed over or sold to somebody who has died; a mark made in error is taken away first. */
export class PatientDeceased extends DomainError {
  readonly code = 'patient-deceased';
  readonly status = 409;
  readonly title = 'The patient has died';
  constructor() {
    super(
      'This patient is on record as deceased: nothing is dispensed to him. If that is wrong, correct it on his record first.',
    );
  }
}

/** 422: the records differ in what one person has only one of; `params.differences` must be named in `confirm`. */
export class MergeUnconfirmed extends DomainError {
  readonly code = 'merge-unconfirmed';
  readonly status = 422;
  readonly title = 'The records differ';
  constructor(differences: readonly string[]) {
    super(
      'The records differ in particulars that one person has only one of. Confirm each, if they are one person all the same.',
      { differences },
      [{ pointer: '/confirm', detail: `must name ${differences.join(', ')}` }],
    );
  }
}

/** 409: the merge was undone already, or its surviving record was merged since: the last merge is undone first. */
export class MergeStands extends DomainError {
  readonly code = 'merge-not-undoable';
  readonly status = 409;
  readonly title = 'The merge cannot be undone';
}

const noSuchDay = (): RuleViolation =>
  new RuleViolation('The day something was recorded does not fit what was recorded.');

registerRefusals({
  MD080: () => new PatientMerged(),
  MD470: () => new PatientErased(),
  MD082: () => new PatientDeceased(),
  MD081: () => new MergeStands('These records cannot be merged or taken apart as they are now.'),
  patients_pregnancy_day_check: noSuchDay,
  patients_due_date_check: noSuchDay,
  patients_child_pugh_day_check: noSuchDay,
  patient_allergies_once_key: () => new Duplicate('This allergy is on record already.'),
  patient_medications_ended_on_check: () => new RuleViolation('It cannot end before it started.'),
  patient_medications_check: () => new RuleViolation('It cannot end before it started.'),
  patient_insurance_plan_fkey: () => new RuleViolation('This payer has no such plan.'),
  patient_insurance_check: () => new RuleViolation('The cover cannot end before it begins.'),
});
