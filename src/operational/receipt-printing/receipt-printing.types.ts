/** Black dots on white, eight to a byte from the left. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
}

/** A line of words. `start` and `end` stand at the two sides as it is read. */
export interface TextRow {
  readonly kind: 'text';
  readonly start: string;
  readonly end?: string;
  readonly direction: 'ltr' | 'rtl';
  readonly isCentred: boolean;
  readonly isBold: boolean;
  readonly isBig: boolean;
}

/** A row of a paper roll. */
export type PaperRow =
  | TextRow
  | { readonly kind: 'rule' }
  | { readonly kind: 'barcode'; readonly text: string }
  | { readonly kind: 'qr'; readonly text: string };

/** Why a printer did not print: nobody answered; it answered too slowly; it hung up; the device is not there. */
export type PrintFailure = 'unreachable' | 'timeout' | 'refused' | 'no-device';

/** Where a printer is. */
export interface PrinterAddress {
  readonly driver: 'tcp' | 'file';
  readonly host: string | null;
  readonly port: number | null;
  /** A device of the server, or the name of a file in its folder of prints. */
  readonly path: string | null;
}

/** A way to a receipt printer. Answers undefined when all bytes are with it; it never throws for a printer that is off. */
export interface ReceiptPrinter {
  print(bytes: Uint8Array): Promise<PrintFailure | undefined>;
}
