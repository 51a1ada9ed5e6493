export const PACK_STATUSES = [
  'in_stock',
  'opened',
  'sold_out',
  'returned',
  'quarantined',
  'destroyed',
  'stolen',
  'shipped',
] as const;
export type PackStatus = (typeof PACK_STATUSES)[number];

/** What may happen to a pack, as the ledger of packs names it. */
export const PACK_MOVEMENT_KINDS = [
  'receive',
  'dispense',
  'return',
  'supplier_return',
  'ship',
  'arrive',
  'destroy',
  'stolen',
  'missing',
  'sample',
  'use',
  'move',
  'unreceive',
  'restore',
] as const;
export type PackMovementKind = (typeof PACK_MOVEMENT_KINDS)[number];

/** Why a pack may not leave to a patient. */
export const PACK_REFUSALS = [
  'unknown',
  'seen-twice',
  'sold-out',
  'returned',
  'quarantined',
  'destroyed',
  'stolen',
  'shipped',
  'elsewhere',
  'on-hold',
  'recalled',
  'expired',
  'other-product',
  'no-serial',
  'not-next',
  'not-needed',
] as const;
export type PackRefusal = (typeof PACK_REFUSALS)[number];

/** A pack as it lies, or last lay, at the branch. Quantities are base units, decimal strings. */
export interface Pack {
  readonly packSerialId: number;
  readonly gtin: string;
  readonly serial: string;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly lotStatus: string;
  readonly baseUnits: string;
  readonly remaining: string;
  readonly status: PackStatus;
  /** True: a pack with the same GTIN and serial was there before. */
  readonly isDuplicate: boolean;
  readonly receivedAt: Date;
  readonly receivedBy: string | null;
  readonly version: number;
}

/** What happened to a pack once. */
export interface PackMovement {
  readonly packMovementId: number;
  readonly kind: PackMovementKind;
  readonly units: string;
  readonly delta: string;
  readonly remainingAfter: string;
  readonly lotId: number;
  readonly movementId: number | null;
  readonly fillId: number | null;
  readonly saleId: number | null;
  readonly isScanned: boolean;
  readonly userName: string | null;
  readonly recordedAt: Date;
}

/** An event told of a pack. */
export interface PackEvent {
  readonly traceEventId: number;
  readonly kind: string;
  readonly quantity: string;
  readonly occurredAt: Date;
  readonly state: 'pending' | 'exported' | 'accepted';
}

/** A pack scanned in, as the answer to a delivery shows it. */
export interface PackTaken {
  readonly packSerialId: number;
  readonly goodsReceiptItemId: number | null;
  readonly gtin: string;
  readonly serial: string;
  readonly lotId: number;
  readonly baseUnits: string;
  readonly status: PackStatus;
  readonly isDuplicate: boolean;
}
