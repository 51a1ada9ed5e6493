import type { Tx } from '../../platform/database/tx.js';

/** A product is never deleted: it is discontinued, or recalled by its maker or the regulator. */
export type DrugStatus = 'active' | 'discontinued' | 'recalled';

/** Whether every ingredient of a product is known. */
export type IngredientStatus = 'linked' | 'partial' | 'unlinked';

/** Controlled schedules, II the strictest that is dispensed. */
export type Schedule = 'II' | 'III' | 'IV' | 'V';

export type Storage = 'room' | 'refrigerate' | 'freeze';

/** What dispensing and selling must know of a product. Amounts are decimal strings. */
export interface SellableDrug {
  readonly drugId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly status: DrugStatus;
  /** Price of one pack. */
  readonly price: string;
  readonly priceCeiling: string | null;
  readonly baseUnit: string;
  readonly unitsPerStrip: string | null;
  readonly unitsPerPack: string;
  readonly rxOnly: boolean;
  readonly controlledSchedule: Schedule | null;
}

/** How the catalogue learns what is on the shelf; provided by operational/inventory. */
export interface StockLookup {
  /** Base units free at the branch for each product asked for; a product without stock may be missing. */
  onHand(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Every product with free stock at the branch. */
  drugIdsInStock(tx: Tx, branchId: number): Promise<readonly number[]>;
}

export const STOCK_LOOKUP = Symbol('StockLookup');

/** Whether two products have the same contents; unknown where something that would decide is not known. */
export type ContentsComparison = 'same' | 'other' | 'unknown';

/** What a scanned code says of the pack in hand; what it does not say is null, the product too where nobody knows it. */
export interface PackCode {
  readonly drugId: number | null;
  readonly drugName: string | null;
  /** Product code, padded to 14 digits. */
  readonly gtin: string | null;
  readonly lotNumber: string | null;
  readonly expiryDate: string | null;
  readonly serialNumber: string | null;
}
