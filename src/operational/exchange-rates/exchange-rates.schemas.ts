import { z } from 'zod';

import { DateText } from '../../platform/http/schemas.js';

const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "USD"');
const Rate = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be a rate such as "48.75"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');

export const RateQuery = z.strictObject({
  /** The day of the branch; left out: today. */
  date: DateText.optional(),
});

const ExchangeRate = z.object({
  currency: z.string(),
  /** What one unit of it is worth in the currency of the branch. */
  rate: z.string(),
  decimals: z.int(),
});

export const ExchangeRates = z
  .object({ date: DateText, data: z.array(ExchangeRate) })
  .meta({ id: 'ExchangeRates' });

export const SetExchangeRates = z
  .strictObject({
    date: DateText.optional(),
    rates: z
      .array(z.strictObject({ currency: Currency, rate: Rate, decimals: z.int().min(0).max(3).default(2) }))
      .max(20)
      .refine(
        (rates) => new Set(rates.map((rate) => rate.currency)).size === rates.length,
        'must name a currency once only',
      ),
  })
  .meta({ id: 'SetExchangeRates' });
