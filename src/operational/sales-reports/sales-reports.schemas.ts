import { z } from 'zod';

import { DateText, PageMeta, Paging, SignedQuantityText } from '../../platform/http/schemas.js';

export const SALES_KEYS = [
  'day',
  'week',
  'month',
  'hour',
  'weekday',
  'user',
  'drug',
  'category',
  'taxRate',
] as const;
export const TENDER_KEYS = ['method', 'payer', 'user', 'day'] as const;
export const RETURN_KEYS = ['reason', 'user', 'day'] as const;
export const TOP_ORDERS = ['net', 'quantity', 'margin', 'slowest'] as const;

const Period = {
  ...Paging,
  /** First day of the period; the first of this month unless said otherwise. */
  from: DateText.optional(),
  /** Last day of it; today unless said otherwise. */
  to: DateText.optional(),
  /** First and last day of the period it is compared with; days stand beside days by their place. */
  compareFrom: DateText.optional(),
  compareTo: DateText.optional(),
  format: z.enum(['json', 'csv']).default('json'),
};

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly compareFrom?: string | undefined;
  readonly compareTo?: string | undefined;
}

const isInOrder = (from?: string, to?: string): boolean =>
  from === undefined || to === undefined || from <= to;
/** A query with its period checked. */
const asked = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject({ ...Period, ...shape })
    .refine((query) => isInOrder((query as Asked).from, (query as Asked).to), {
      path: ['to'],
      message: 'must not be before from',
    })
    .refine((query) => isInOrder((query as Asked).compareFrom, (query as Asked).compareTo), {
      path: ['compareTo'],
      message: 'must not be before compareFrom',
    })
    .refine(
      (query) => ((query as Asked).compareFrom === undefined) === ((query as Asked).compareTo === undefined),
      {
        path: ['compareTo'],
        message: 'must be there where compareFrom is, and not without it',
      },
    );

export const SalesQuery = asked({ by: z.enum(SALES_KEYS).default('day') });
export const TopDrugsQuery = asked({ order: z.enum(TOP_ORDERS).default('net') });
export const PrescribersQuery = asked({});
export const TendersQuery = asked({ by: z.enum(TENDER_KEYS).default('method') });
export const ReturnsQuery = asked({ by: z.enum(RETURN_KEYS).default('reason') });

/** A sum of money of any period: it has more digits than one amount has. */
const Sum = z.string().regex(/^-?\d{1,15}\.\d{2,3}$/, 'must be an amount such as "-12.50"');

const SalesFigures = z
  .object({
    /** Receipts; lines, where it is by product, category, tax rate or prescriber. */
    sales: z.int(),
    /** Returns and voids; their lines likewise. */
    returns: z.int(),
    /** Sales with a discount; 0 where lines are counted. */
    discounted: z.int(),
    /** Base units sold less those taken back; null where they are of several products. */
    quantity: SignedQuantityText.nullable(),
    /** Prices before discount and tax. */
    gross: Sum,
    discount: Sum,
    /** What was taken back, after its discount and before tax. */
    returned: Sum,
    /** gross − discount − returned. */
    net: Sum,
    tax: Sum,
    /** Cash rounding; 0.00 where lines are counted. */
    rounding: Sum,
    /** net + tax + rounding: what was paid. */
    total: Sum,
    /** Of what was sold less what came back, by the lots it came from. */
    cost: Sum,
    /** net − cost. */
    margin: Sum,
    /** margin ÷ net; null where nothing was sold. */
    marginPercent: z.string().nullable(),
    /** (gross − discount) ÷ sales; null where nothing was sold. */
    average: Sum.nullable(),
  })
  .meta({ id: 'SalesFigures' });

const TenderFigures = z
  .object({
    payments: z.int(),
    refunds: z.int(),
    /** Tendered less change. */
    taken: Sum,
    refunded: Sum,
    /** taken − refunded. */
    net: Sum,
  })
  .meta({ id: 'TenderFigures' });

const ReturnFigures = z
  .object({
    returns: z.int(),
    voids: z.int(),
    returned: Sum,
    voided: Sum,
    /** returned + voided, with tax and rounding: what was given back. */
    total: Sum,
  })
  .meta({ id: 'ReturnFigures' });

const reportOf = <Figures extends z.ZodType>(figures: Figures) =>
  z.object({
    from: DateText,
    to: DateText,
    compareFrom: DateText.nullable(),
    compareTo: DateText.nullable(),
    data: z.array(
      z.object({
        /** A date, an hour, a day of the week (1 is Monday), a number, a rate, a word; null: none. */
        key: z.string().nullable(),
        name: z.string().nullable(),
        nameAr: z.string().nullable(),
        figures,
        /** Of the period it is compared with; null where there is none. */
        compared: figures.nullable(),
      }),
    ),
    meta: PageMeta,
    /** Of all pages. */
    totals: figures,
    comparedTotals: figures.nullable(),
  });

export const SalesReport = reportOf(SalesFigures).meta({ id: 'SalesReport' });
export const TendersReport = reportOf(TenderFigures).meta({ id: 'TendersReport' });
export const ReturnsReport = reportOf(ReturnFigures).meta({ id: 'ReturnsReport' });

export type SalesFigures = z.output<typeof SalesFigures>;
export type TenderFigures = z.output<typeof TenderFigures>;
export type ReturnFigures = z.output<typeof ReturnFigures>;
