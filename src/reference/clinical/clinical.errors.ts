import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../platform/errors/domain-error.js';

/** 422: a medicine, ingredient or group that the catalogue does not have. Nothing was screened or saved. */
export class UnknownClinicalSubject extends DomainError {
  readonly code = 'unknown-clinical-subject';
  readonly status = 422;
  readonly title = 'Not in the catalogue';
}

const sameCode = (): Duplicate => new Duplicate('There is a rule with this code already.');

registerRefusals({
  drug_interactions_current_pair_key: () =>
    new Duplicate('There is a rule for these two already. Change that one.'),
  drug_interactions_current_code_key: sameCode,
  drug_interactions_code_version_key: sameCode,
  allergy_rules_current_code_key: sameCode,
  allergy_rules_code_version_key: sameCode,
  contraindications_current_code_key: sameCode,
  contraindications_code_version_key: sameCode,
  dosage_guidelines_current_code_key: sameCode,
  dosage_guidelines_code_version_key: sameCode,
});
