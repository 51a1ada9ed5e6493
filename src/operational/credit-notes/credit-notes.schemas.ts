import { z } from 'zod';

import { DateText, Id, Instant, MoneyText, pageOf, Paging, text } from '../../platform/http/schemas.js';

export const CreditNoteQuery = z.strictObject({
  ...Paging,
  /** The whole number as printed. */
  number: text(30).optional(),
  /** Only those something is left of that may still be redeemed. */
  open: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
});

export const CreditNoteNumber = text(30);

const fields = {
  creditNoteId: Id,
  creditNoteNumber: z.string(),
  returnSaleId: Id,
  returnSaleNumber: z.string(),
  amount: MoneyText,
  /** What is left of it. */
  balance: MoneyText,
  issuedBy: z.string(),
  issuedAt: Instant,
  expiresOn: DateText.nullable(),
  isExpired: z.boolean(),
};

export const CreditNotePage = pageOf(z.object(fields)).meta({ id: 'CreditNotePage' });
export type CreditNoteRow = z.output<typeof CreditNotePage>['data'][number];

export const CreditNoteView = z
  .object({
    ...fields,
    /** What was redeemed of it, oldest first. */
    uses: z.array(z.object({ saleId: Id, saleNumber: z.string(), amount: MoneyText, at: Instant })),
  })
  .meta({ id: 'CreditNote' });
export type CreditNote = z.output<typeof CreditNoteView>;

export const CreditNotePrintQuery = z.strictObject({
  format: z.enum(['80mm', 'a4']).default('80mm'),
  lang: z.enum(['en', 'ar']).default('en'),
});
