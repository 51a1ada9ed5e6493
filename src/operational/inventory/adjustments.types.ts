export const REASON_CODES = [
  'damaged',
  'found',
  'missing',
  'theft',
  'entry_error',
  'sample',
  'own_use',
  'other',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const ADJUSTMENT_STATUSES = ['pending', 'approved', 'rejected'] as const;
export type AdjustmentStatus = (typeof ADJUSTMENT_STATUSES)[number];

/** A correction that one person may not post: asked for, approved or rejected by another. */
export interface Adjustment {
  readonly adjustmentId: number;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly quantity: string;
  readonly value: string;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  readonly correctsMovementId: number | null;
  readonly status: AdjustmentStatus;
  readonly isSetAside: boolean;
  readonly requestedById: number;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly closeNote: string | null;
  readonly movementId: number | null;
}
