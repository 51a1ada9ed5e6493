import type { EInvoicePort } from './e-invoice.types.js';

/** A value holds at most so many bytes: its length is one byte. */
const MOST_BYTES = 255;

/** A text cut so that its UTF-8 bytes fit, never in the middle of a letter. */
function cut(text: string): Buffer {
  let kept = '';
  for (const letter of text) {
    if (Buffer.byteLength(kept + letter) > MOST_BYTES) break;
    kept += letter;
  }
  return Buffer.from(kept);
}

const field = (tag: number, text: string): Buffer => {
  const value = cut(text);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
};

/**
 * The code of the first phase in Saudi Arabia: five fields, each tag, length and value, in Base64. 1: seller, 2: his VAT number, 3: time of
 * issue, 4: total with VAT, 5: VAT. Source: ZATCA, "Guide to develop a fatoora compliant QR code", public.
 */
export const zatca: EInvoicePort = {
  scheme: 'zatca',
  make: ({ sellerName, taxNumber, issuedAt, total, tax }) => ({
    scheme: 'zatca',
    code: Buffer.concat([
      field(1, sellerName),
      field(2, taxNumber),
      field(3, issuedAt.toISOString().replace(/\.\d+Z$/, 'Z')),
      field(4, total),
      field(5, tax),
    ]).toString('base64'),
    document: null,
  }),
};
