import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  text,
} from '../../../platform/http/schemas.js';
import { optionalOverrides, stepUp } from '../../screening/override-input.types.js';
import { CreateSale, SaleCreated } from '../sales.schemas.js';

const Unit = z.enum(['unit', 'strip', 'pack']);

export const CreateQuotation = z
  .strictObject({
    patientId: Id.nullish(),
    /** For whom, in words. */
    customerName: text(200).nullish(),
    items: z
      .array(
        z.strictObject({
          drugId: Id,
          quantity: QuantityText,
          unit: Unit.optional(),
          discount: MoneyText.optional(),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'CreateQuotation' });

export const QuotationQuery = z.strictObject({
  ...Paging,
  /** The whole number as printed. */
  number: text(30).optional(),
});

const header = {
  quotationId: Id,
  quotationNumber: z.string(),
  patientId: Id.nullable(),
  customerName: z.string().nullable(),
  total: MoneyText,
  validUntil: DateText,
  quotedBy: z.string(),
  quotedAt: Instant,
  /** `valid`: may be sold; `expired`: at the prices of the day alone. */
  status: z.enum(['valid', 'expired', 'sold']),
  saleId: Id.nullable(),
};

export const QuotationPage = pageOf(z.object(header)).meta({ id: 'QuotationPage' });
export type QuotationRow = z.output<typeof QuotationPage>['data'][number];

export const QuotationView = z
  .object({
    ...header,
    lines: z.array(
      z.object({
        lineNo: z.int(),
        drugId: Id,
        description: z.string(),
        unit: Unit,
        unitQuantity: QuantityText,
        amount: MoneyText,
        discount: MoneyText,
        lineTotal: MoneyText,
        /** What the line costs today, without its discount; null: it may not be sold today. */
        currentTotal: MoneyText.nullable(),
      }),
    ),
    /** What all of it costs today; null: something of it may not be sold today. */
    currentTotal: MoneyText.nullable(),
    /** True: it is sold at its own prices. */
    keepsPrices: z.boolean(),
  })
  .meta({ id: 'Quotation' });
export type Quotation = z.output<typeof QuotationView>;

/** Turns a quotation into a sale. `quoted`: at its prices, while it is valid and the branch allows it; `current`: at those of the day. */
export const SellQuotation = z
  .strictObject({
    prices: z.enum(['quoted', 'current']),
    payments: CreateSale.shape.payments,
    overrides: optionalOverrides,
    stepUp,
  })
  .meta({ id: 'SellQuotation' });

export const QuotationSold = SaleCreated.meta({ id: 'QuotationSold' });

export const QuotationPrintQuery = z.strictObject({
  format: z.enum(['80mm', 'a4']).default('a4'),
  lang: z.enum(['en', 'ar']).default('en'),
});
