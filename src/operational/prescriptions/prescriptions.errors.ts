import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate, InvalidTransition, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { IDENTIFIERS_ASKED } from './pick-up.domain.js';
import { CapExceeded, PartialReasonRequired, RestRefused } from './controlled-refusals.domain.js';
import {
  BinHeld,
  ClinicalReviewRequired,
  CollectorDocumentRequired,
  CounsellingRequired,
  FillClaimed,
  FillSold,
  IdentifiersRequired,
  PrescribedDateRefused,
  PrescriptionNotFillable,
  QuantityExceedsAuthority,
  SecondPersonRequired,
  SubstitutionRefused,
} from './prescription-refusals.domain.js';
import { ScanRequired } from './scan-refusals.domain.js';

registerRefusals({
  // Two commands at once, both past the application's check: the database lets one through.
  MD021: () => new InvalidTransition('fill or prescription', 'further on', 'this step', []),
  MD022: () => new ClinicalReviewRequired(),
  MD024: () => new ScanRequired(),
  MD023: () => new SubstitutionRefused(),
  fills_daw_check: () => new SubstitutionRefused('daw'),
  MD025: () => new IdentifiersRequired(IDENTIFIERS_ASKED),
  MD026: () => new BinHeld(),
  MD027: () => new FillClaimed(),
  MD028: () => new CounsellingRequired(),
  MD029: () => new FillSold(),
  MD031: () => new CollectorDocumentRequired(),
  MD032: () => new RestRefused(),
  MD033: () => new PartialReasonRequired(),
  MD034: () => new CapExceeded(),
  controlled_maxima_drug_id_fkey: () => new NotFound('drug'),
  pick_ups_fill_key: () => new Duplicate('This fill was handed over before.'),
  fills_second_person_check: () => new SecondPersonRequired(),
  prescription_stops_once_key: () => new Duplicate('That it was stopped is on record already.'),
  clinical_reviews_once_key: () => new Duplicate('This fill was reviewed before.'),
  MD083: () => new PrescribedDateRefused('The licence of the prescriber had ended by that day.'),
  MD005: () => new PrescriptionNotFillable('status'),
  prescriptions_owed_check: () => new QuantityExceedsAuthority(),
  prescriptions_authority_check: () => new QuantityExceedsAuthority(),
  fills_number_key: () => new Duplicate('This part of the fill was made a moment ago.'),
  prescriptions_expiry_check: () => new RuleViolation('It would expire before it was written.'),
  fills_prescription_fkey: () => new RuleViolation('The prescription is not of this branch.'),
});
