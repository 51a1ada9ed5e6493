/** Whose code stands on a receipt. */
export type EInvoiceScheme = 'zatca' | 'eta';

/** A posted sale, return or void as an authority asks for it. Amounts are decimal strings and positive. */
export interface InvoiceFacts {
  readonly kind: 'sale' | 'return';
  readonly documentNumber: string;
  readonly issuedAt: Date;
  readonly sellerName: string;
  readonly taxNumber: string;
  readonly branchCode: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly {
    readonly code: string;
    readonly description: string;
    readonly quantity: string;
    readonly amount: string;
    readonly discount: string;
    readonly tax: string;
    readonly total: string;
  }[];
  readonly discount: string;
  readonly tax: string;
  readonly total: string;
  readonly isCash: boolean;
}

/** What an authority's scheme makes of a sale. */
export interface EInvoice {
  readonly scheme: EInvoiceScheme;
  /** Text of the QR code. */
  readonly code: string;
  /** The document as the authority takes it, JSON; null: the scheme has none. Nothing is sent from here. */
  readonly document: string | null;
}

/** One scheme. A pure function of its facts: a reprint carries the same code. */
export interface EInvoicePort {
  readonly scheme: EInvoiceScheme;
  make(facts: InvoiceFacts): EInvoice;
}
