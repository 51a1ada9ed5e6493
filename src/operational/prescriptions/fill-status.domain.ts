import { InvalidTransition } from '../../platform/errors/domain-error.js';

/** Where a fill may go from where it is. */
export const FILL_TRANSITIONS = {
  in_progress: ['verified', 'returned_to_stock'],
  verified: ['ready', 'returned_to_stock'],
  ready: ['dispensed', 'returned_to_stock'],
  dispensed: ['reversed'],
  returned_to_stock: [],
  reversed: [],
} as const satisfies Record<string, readonly string[]>;

export type FillStatus = keyof typeof FILL_TRANSITIONS;

/** The steps the counter policy takes in one call. */
export const COUNTER_PATH: readonly FillStatus[] = ['in_progress', 'verified', 'ready', 'dispensed'];

/** Throws InvalidTransition, with the steps that are possible, when a fill cannot go from here to there. */
export function assertFillStep(from: FillStatus, to: FillStatus): void {
  const allowed: readonly FillStatus[] = FILL_TRANSITIONS[from];
  if (!allowed.includes(to)) throw new InvalidTransition('fill', from, to, allowed);
}

/** True while a fill counts against what the prescription allows. */
export const stands = (status: FillStatus): boolean =>
  status !== 'reversed' && status !== 'returned_to_stock';

/** True while a fill is being prepared: it holds stock but nothing has left. */
export const isOpen = (status: FillStatus): boolean =>
  status === 'in_progress' || status === 'verified' || status === 'ready';
