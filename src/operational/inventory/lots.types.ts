import type { ReasonCode } from './adjustments.types.js';

export type LotStatus = 'available' | 'quarantined' | 'on_hold' | 'recalled' | 'expired';
export type ExpiryBandName = 'expired' | '30' | '60' | '90';

/** A lot as lists show it. Quantities and costs are decimal strings in base units. */
export interface Lot {
  readonly lotId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  /** Days left at the branch; negative: past; null: none stated. */
  readonly daysToExpiry: number | null;
  readonly quantity: string;
  readonly quantityReserved: string;
  readonly unitCost: string;
  readonly status: LotStatus;
  /** Why it was last set aside or given free. */
  readonly statusReason: string | null;
  readonly bin: string | null;
  /** True: destroying it needs a second person. */
  readonly needsWitness: boolean;
  readonly version: number;
}

/** A ledger row as lists show it. */
export interface Movement {
  readonly movementId: number;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly drugId: number;
  readonly drugName: string;
  readonly movementType: string;
  readonly quantity: string;
  readonly balanceAfter: string;
  readonly unitCost: string;
  readonly reason: string | null;
  readonly reasonCode: ReasonCode | null;
  readonly fillId: number | null;
  readonly saleItemId: number | null;
  readonly goodsReceiptItemId: number | null;
  readonly reversesMovementId: number | null;
  readonly correctsMovementId: number | null;
  /** Who signed as the second person. */
  readonly witnessName: string | null;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
  readonly userId: number | null;
  readonly userName: string | null;
}

/** Lots with stock in one expiry band, with their value at cost. */
export interface ExpiryBand {
  readonly band: ExpiryBandName;
  readonly lots: number;
  readonly value: string;
}
