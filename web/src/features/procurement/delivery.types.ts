import type { Thousandths } from '../../ui/money.domain';
import type { ScannedPack } from './delivery-packs.domain';

/** A line of an order, as far as a delivery of it is counted. Decimal strings in base units unless said otherwise. */
export interface OrderedLine {
  readonly purchaseOrderItemId: number;
  readonly drugId: number;
  /** Base units in one of the unit the line is ordered in. */
  readonly unitBaseUnits: string;
  readonly quantityBonus: string;
  readonly quantityBonusReceived: string;
  /** Paid for and still to come. */
  readonly quantityOpen: string;
}

/** One lot of one line in this delivery. */
export interface Entry {
  readonly key: number;
  readonly purchaseOrderItemId: number;
  readonly lotNumber: string;
  /** YYYY-MM-DD; empty: not known yet. */
  readonly expiryDate: string;
  /** No expiry is printed on it. */
  readonly hasNoExpiry: boolean;
  /** The code said the lot, so that another pack of it is told from one of another lot. */
  readonly isLotSaid: boolean;
  /** What came, free goods included, in the unit of the line unless `inBaseUnits`. */
  readonly quantity: string;
  /** How much of it is free, in the same unit; empty: what comes above what is paid for, up to what was promised. */
  readonly free: string;
  readonly inBaseUnits: boolean;
  /** Those of it that were scanned with a serial number. */
  readonly packs: readonly ScannedPack[];
  /** It expires sooner than the supplier is asked for, and nobody has said yet that it is taken. */
  readonly asksShort: boolean;
  readonly isShort: boolean;
  /** It is called back: it comes in and is set aside. */
  readonly isRecalled: boolean;
}

/** Why goods are not taken in. */
export const REFUSALS = [
  'damaged',
  'wrong_product',
  'not_ordered',
  'too_many',
  'short_expiry',
  'expired',
  'recalled',
  'temperature',
  'other',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Goods refused at the door: of a line of the order, in its unit, or of a product nobody ordered, in base units. */
export interface Refused {
  readonly key: number;
  readonly purchaseOrderItemId: number | null;
  readonly drugId: number;
  readonly drugName: string;
  readonly quantity: string;
  readonly reason: Refusal;
  readonly note: string;
  readonly lotNumber: string;
  readonly expiryDate: string;
}

export interface Delivery {
  readonly entries: readonly Entry[];
  readonly refused: readonly Refused[];
  /** What the last scan counted, which a multiplication repeats. */
  readonly last: { readonly key: number; readonly packUnits: string } | null;
  readonly nextKey: number;
  /** Why more comes free than was ordered, by line of the order. */
  readonly freeReasons: Readonly<Record<number, string>>;
}

/** What one scan of a pack says, of a line of the order. */
export interface PackSaid {
  readonly lotNumber: string | null;
  readonly expiryDate: string | null;
  readonly serialNumber: string | null;
  /** As the scanner sent it. */
  readonly code: string;
  /** Base units the pack holds; null: the catalogue does not know, and it counts as one of what was ordered. */
  readonly packUnits: string | null;
  readonly isShort: boolean;
  readonly isRecalled: boolean;
}

/** What one entry comes to, in base units: paid for and free. */
export interface Counted {
  readonly paid: Thousandths;
  readonly free: Thousandths;
}
