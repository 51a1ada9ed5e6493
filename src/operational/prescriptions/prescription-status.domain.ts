import { InvalidTransition } from '../../platform/errors/domain-error.js';

/**
 * Where a prescription may go from where it is. The way back from filled and completed is that of a fill reversed or
 * returned to stock; expired is no state but judged by date.
 */
export const PRESCRIPTION_TRANSITIONS = {
  draft: ['pending', 'cancelled'],
  pending: ['filled', 'completed', 'on_hold', 'cancelled', 'transferred'],
  filled: ['pending', 'completed', 'on_hold', 'cancelled', 'transferred'],
  completed: ['pending', 'filled'],
  on_hold: ['pending', 'filled', 'cancelled'],
  cancelled: [],
  transferred: [],
} as const satisfies Record<string, readonly string[]>;

export type PrescriptionStatus = keyof typeof PRESCRIPTION_TRANSITIONS;

/** Throws InvalidTransition, with the steps that are possible, when a prescription cannot go from here to there. */
export function assertPrescriptionStep(from: PrescriptionStatus, to: PrescriptionStatus): void {
  const allowed: readonly PrescriptionStatus[] = PRESCRIPTION_TRANSITIONS[from];
  if (!allowed.includes(to)) throw new InvalidTransition('prescription', from, to, allowed);
}
