import { z } from 'zod';

import { text } from '../../platform/http/schemas.js';

const fields = {
  heldBasketHours: z.int().min(1).max(168),
  quotationDays: z.int().min(1).max(365),
  quotationKeepsPrices: z.boolean(),
  creditNoteDays: z.int().min(1).max(3650).nullable(),
  eInvoice: z.enum(['none', 'zatca', 'eta']),
};

export const AfterSaleSettingsView = z
  .object({ ...fields, taxNumber: z.string().nullable(), version: z.int() })
  .meta({ id: 'AfterSaleSettings' });

const TAX_NUMBER = { none: /^[0-9A-Za-z-]{1,30}$/, zatca: /^3\d{13}3$/, eta: /^\d{9}$/ };

export const UpdateAfterSaleSettings = z
  .strictObject({ ...fields, taxNumber: text(30).nullable(), version: z.int().min(0) })
  .refine(
    ({ eInvoice, taxNumber }) =>
      taxNumber === null ? eInvoice === 'none' : TAX_NUMBER[eInvoice].test(taxNumber),
    { path: ['taxNumber'], message: 'must be the number this authority gives: 15 digits (zatca) or 9 (eta)' },
  )
  .meta({ id: 'UpdateAfterSaleSettings' });
