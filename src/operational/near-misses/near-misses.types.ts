import { DomainError } from '../../platform/errors/domain-error.js';

export const NEAR_MISS_KINDS = [
  'wrong_product',
  'unknown_product',
  'wrong_lot',
  'wrong_expiry',
  'expired_pack',
  'wrong_patient',
  'wrong_strength',
  'wrong_quantity',
  'wrong_directions',
  'other',
] as const;
export type NearMissKind = (typeof NEAR_MISS_KINDS)[number];

export const NEAR_MISS_STAGES = ['entry', 'fill', 'verify', 'pick_up', 'other'] as const;
export const NEAR_MISS_CAUSES = [
  'look_alike',
  'sound_alike',
  'wrong_shelf',
  'distraction',
  'workload',
  'handwriting',
  'training',
  'other',
] as const;

/** An error that was caught before it reached a patient. Lots are written with their expiry, as people read them. */
export interface NearMiss {
  readonly kind: NearMissKind;
  readonly stage: (typeof NEAR_MISS_STAGES)[number];
  readonly source: 'scan' | 'pick_up' | 'report';
  readonly fillId?: number;
  readonly expectedDrugId?: number | null;
  readonly foundDrugId?: number | null;
  readonly expectedLot?: string | null;
  readonly foundLot?: string | null;
  readonly cause?: (typeof NEAR_MISS_CAUSES)[number];
  readonly description?: string;
}

/** A refusal that is a near miss: it is kept in the register though the command that met it leaves nothing behind. */
export interface Caught {
  readonly nearMiss: NearMiss;
}

export const isCaught = (error: unknown): error is DomainError & Caught =>
  error instanceof DomainError && 'nearMiss' in error;
