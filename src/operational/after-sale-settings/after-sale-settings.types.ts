/** How a branch holds baskets, quotes, gives credit and what it prints. */
export interface AfterSaleSettings {
  /** A held basket is gone after so many hours. */
  readonly heldBasketHours: number;
  /** A quotation is valid for so many days. */
  readonly quotationDays: number;
  /** True: a valid quotation is sold at its prices; false: at those of the day. */
  readonly quotationKeepsPrices: boolean;
  /** A credit note is redeemed within so many days; null: it does not expire. */
  readonly creditNoteDays: number | null;
  /** Whose code stands on a receipt. */
  readonly eInvoice: 'none' | 'zatca' | 'eta';
  /** Tax registration number of the seller. */
  readonly taxNumber: string | null;
  /** 0: nobody has changed the defaults yet. */
  readonly version: number;
}
