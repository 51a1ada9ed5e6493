/** A line to take from stock: base units as a decimal string, and the document line that takes it. */
export interface IssueLine {
  readonly drugId: number;
  readonly quantity: string;
  readonly fillId?: number;
  readonly saleItemId?: number;
}

/** What one lot gave. */
export interface LotPick {
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  /** Base units, decimal string. */
  readonly quantity: string;
}

/** Where returned goods go: back to the lot they came from, or aside until somebody has judged them. */
export type Disposition = 'restock' | 'quarantine';

/** A line that brings stock back: the new return line, and the line or fill that once took it. */
export interface ReturnLine {
  /** The line of the return, which the ledger row names. */
  readonly saleItemId: number;
  readonly drugId: number;
  /** Base units coming back, positive decimal string. */
  readonly quantity: string;
  readonly disposition: Disposition;
  readonly originalSaleItemId: number;
  /** Set where the original line was a fill: the fill moved the stock then, not the sale. */
  readonly originalFillId?: number;
  /** Base units of the original line taken back before, decimal string. */
  readonly returnedBefore: string;
}
