import type { ReportNearMiss } from '../../api/types';

/** What was wrong, in the order of the keys 1 to 9 and 0. */
export const KINDS: readonly ReportNearMiss['kind'][] = [
  'wrong_product',
  'wrong_strength',
  'wrong_quantity',
  'wrong_directions',
  'wrong_patient',
  'expired_pack',
  'wrong_lot',
  'wrong_expiry',
  'unknown_product',
  'other',
];

/** Where it was caught, in the order of the keys 1 to 5. */
export const STAGES: readonly ReportNearMiss['stage'][] = ['entry', 'fill', 'verify', 'pick_up', 'other'];

/** The digit that chooses the entry in this place: 1 to 9, then 0. */
export const digitOf = (place: number): string => String((place + 1) % 10);
