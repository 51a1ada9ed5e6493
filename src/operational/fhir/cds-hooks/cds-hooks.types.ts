import type { Intake } from '../reading/reading.types.js';

/** A medicine as screening takes it. */
export interface CheckedMedicine extends Intake {
  readonly drugId?: number;
  readonly ingredientId?: number;
  readonly ingredient?: string;
}
