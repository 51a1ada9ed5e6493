/** A word of ours with a value of the sale. */
export interface ReceiptFact {
  readonly label: string;
  readonly value: string;
}

/**
 * What stands on a receipt, in its order and language, for any paper: a page of the browser or a roll of an ESC/POS printer. Values are
 * of the sale and may read in either direction, labels are ours.
 */
export interface ReceiptModel {
  readonly language: 'en' | 'ar';
  readonly title: string;
  /** COPY, with its number where it is known; null: the receipt itself. */
  readonly copy: string | null;
  readonly shop: string;
  readonly contact: readonly string[];
  /** Number, date, cashier and the like. */
  readonly facts: readonly ReceiptFact[];
  readonly columns: { readonly item: string; readonly quantity: string; readonly amount: string };
  readonly lines: readonly {
    readonly name: string;
    /** A word of ours behind the name; empty: none. */
    readonly mark: string;
    readonly quantity: string;
    readonly unit: string;
    readonly amount: string;
    readonly lots: readonly ReceiptFact[];
  }[];
  readonly totals: readonly (ReceiptFact & { readonly payer: string | null; readonly isTotal: boolean })[];
  readonly footer: string;
  /** The number of the sale, to be scanned when something comes back. */
  readonly barcode: string;
}
