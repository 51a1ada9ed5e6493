import type { OverrideReason } from '../../api/types';

/** Coded reasons for going on in spite of a stop, the commonest first. */
export const REASONS: readonly OverrideReason[] = [
  'benefit_outweighs_risk',
  'prescriber_consulted',
  'patient_tolerates',
  'dose_adjusted',
  'monitoring_in_place',
  'not_clinically_relevant',
];
