import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  InstantText,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  text,
} from '../../platform/http/schemas.js';
import { ScannedCodes } from '../serials/serials-shapes.types.js';

/** Where an offline sale that came in stands. */
const OFFLINE_STATUSES = ['posted', 'conflict', 'rejected'] as const;

/** More lines than any real basket; it bounds the work of one transaction. */
const MAX_LINES = 100;

const Unit = z.enum(['unit', 'strip', 'pack']);

/** A sale a till made without the server: over the counter, in cash, of nobody in particular. */
export const OfflineSaleInput = z
  .strictObject({
    /** Identity the till gave the sale; send it as Idempotency-Key too. */
    clientId: z.uuid(),
    receiptNumber: z
      .string()
      .regex(/^OFF-[0-9A-Z]{4,8}-[1-9]\d{0,8}$/, 'must be a number such as "OFF-7KQ2-12"'),
    soldBy: Id,
    soldAt: InstantText,
    /** The shift the till had open; null: it did not know. */
    shiftId: Id.nullable(),
    items: z
      .array(
        z.strictObject({
          drugId: Id,
          /** Name on the receipt. */
          description: text(300),
          quantity: QuantityText,
          unit: Unit,
          discount: MoneyText.optional(),
          /** Price of a pack it was sold at. */
          packPrice: MoneyText,
          packs: ScannedCodes.optional(),
        }),
      )
      .min(1)
      .max(MAX_LINES)
      .refine(
        (items) =>
          new Set(items.map(({ drugId }) => drugId)).size ===
          new Set(items.map(({ drugId, packPrice }) => `${drugId} ${packPrice}`)).size,
        'must sell a product at one price',
      ),
    /** What the customer was charged, after cash rounding. */
    total: MoneyText,
    /** Cash handed over. */
    cash: MoneyText,
    /** Idempotency-Key of the sale of this basket that was tried before and whose answer never came: what it posted is this sale. */
    attemptKey: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters')
      .optional(),
  })
  .meta({ id: 'OfflineSaleInput' });

const PriceDifference = z.object({
  lineNo: z.int(),
  drugId: Id,
  /** Price of a pack it was sold at, and the catalogue's when it came in. */
  soldAt: MoneyText,
  price: MoneyText,
});

const Header = {
  offlineSaleId: Id,
  clientId: z.string(),
  receiptNumber: z.string(),
  status: z.enum(OFFLINE_STATUSES),
  soldBy: Id,
  sellerName: z.string(),
  soldAt: Instant,
  businessDate: DateText,
  total: MoneyText,
  receivedAt: Instant,
  /** The posted sale; null: it is not posted. */
  saleId: Id.nullable(),
  saleNumber: z.string().nullable(),
  /** Why it was not posted the last time; null: it was. */
  conflictCode: z.string().nullable(),
};

/** What became of a sale that came in. */
export const OfflineSaleReceived = z.object(Header).meta({ id: 'OfflineSaleReceived' });

export const OfflineSaleView = z
  .object({
    ...Header,
    cash: MoneyText,
    items: z.array(
      z.object({
        drugId: Id,
        description: z.string(),
        nameAr: z.string().nullable(),
        quantity: z.string(),
        unit: Unit,
        discount: MoneyText,
        packPrice: MoneyText,
        /** Base units on the line, and those of the product that may be sold at the branch now. */
        wanted: z.string(),
        available: z.string(),
      }),
    ),
    priceDifferences: z.array(PriceDifference),
    steps: z.array(
      z.object({
        step: z.enum(['found', 'failed', 'posted', 'rejected']),
        code: z.string().nullable(),
        params: z.record(z.string(), z.unknown()),
        note: z.string().nullable(),
        cash: z.enum(['kept', 'returned']).nullable(),
        userName: z.string().nullable(),
        recordedAt: Instant,
      }),
    ),
  })
  .meta({ id: 'OfflineSale' });

export const OfflineSalePage = pageOf(z.object(Header)).meta({ id: 'OfflineSalePage' });

export const OfflineSaleQuery = z.strictObject({
  ...Paging,
  status: z.enum(OFFLINE_STATUSES).optional(),
});

/** Posts what was sold as it was sold: somebody with the right stands for it. */
export const PostOfflineSale = z.strictObject({ note: text(500).optional() }).meta({ id: 'PostOfflineSale' });

/** No sale comes of it. */
export const RejectOfflineSale = z
  .strictObject({
    note: text(500),
    /** `kept`: the money stays in the drawer and is paid in; `returned`: the customer got it back. */
    cash: z.enum(['kept', 'returned']),
  })
  .meta({ id: 'RejectOfflineSale' });

const MAX_PRODUCTS = 2_000;

export const TillCatalogueQuery = z.strictObject({
  /** The version the till has: where it is the present one, no product is sent. */
  known: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'must be a version')
    .optional(),
  /** Products after this one; left out: the first page. */
  after: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a positive whole number')
    .transform(Number)
    .optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a positive whole number')
    .transform(Number)
    .refine((value) => value <= MAX_PRODUCTS, `must be at most ${MAX_PRODUCTS}`)
    .default(1_000),
});

/** What a till must know to sell over the counter without the server: products that are or were in stock at the branch. */
export const TillCatalogue = z
  .object({
    /** Of the whole list; with the first page alone. */
    version: z.string().nullable(),
    isUnchanged: z.boolean(),
    branch: z.object({
      branchId: Id,
      code: z.string(),
      name: z.string(),
      nameAr: z.string().nullable(),
      address: z.string().nullable(),
      phone: z.string().nullable(),
      timeZone: z.string(),
      currency: z.string(),
      currencyDecimals: z.int(),
      cashRounding: z.string(),
    }),
    data: z.array(
      z.object({
        drugId: Id,
        name: z.string(),
        nameAr: z.string().nullable(),
        strength: z.string().nullable(),
        status: z.enum(['active', 'discontinued', 'recalled']),
        price: MoneyText,
        priceCeiling: MoneyText.nullable(),
        baseUnit: z.string(),
        unitsPerStrip: z.string().nullable(),
        unitsPerPack: z.string(),
        /** True: never without a prescription or its register, so never offline. */
        needsPrescription: z.boolean(),
        /** True: a tax is added to its price, or who buys it must be judged; it is not sold without the server. */
        needsServer: z.boolean(),
        codes: z.array(
          z.object({
            /** 14 digits. */
            gtin: z.string(),
            unit: Unit,
          }),
        ),
      }),
    ),
    /** Ask for products after this one; null: there are no more. */
    next: Id.nullable(),
  })
  .meta({ id: 'TillCatalogue' });

export type TillProduct = z.output<typeof TillCatalogue>['data'][number];
