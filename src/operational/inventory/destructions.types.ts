export const DESTRUCTION_REASONS = [
  'expired',
  'damaged',
  'recalled',
  'contaminated',
  'returned',
  'other',
] as const;
export type DestructionReason = (typeof DESTRUCTION_REASONS)[number];

export const DESTRUCTION_STATUSES = ['pending', 'destroyed', 'cancelled'] as const;
export type DestructionStatus = (typeof DESTRUCTION_STATUSES)[number];

/** Stock to be destroyed or destroyed, as it is listed and printed. Quantity in base units, value at cost. */
export interface Destruction {
  readonly destructionId: number;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly schedule: string | null;
  readonly quantity: string;
  readonly reason: DestructionReason;
  readonly note: string | null;
  /** pending: waits for the second person; nothing has left. */
  readonly status: DestructionStatus;
  readonly requestedById: number;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly closedBy: string | null;
  readonly closedAt: string | null;
  readonly witnessedBy: string | null;
  readonly cancelReason: string | null;
  readonly movementId: number | null;
  readonly value: string;
  readonly needsWitness: boolean;
}
