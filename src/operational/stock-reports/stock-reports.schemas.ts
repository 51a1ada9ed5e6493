import { z } from 'zod';

import {
  DateText,
  Id,
  InstantText,
  MoneyText,
  PageMeta,
  Paging,
  QueryId,
  SignedMoneyText,
  SignedQuantityText,
} from '../../platform/http/schemas.js';

const Format = z.enum(['json', 'csv']).default('json');
const UnitCost = z.string().regex(/^\d{1,11}(\.\d{1,6})?$/, 'must be a cost such as "0.4875"');

export const AsOfQuery = z.strictObject({
  ...Paging,
  /** The moment; now unless it is said. */
  at: InstantText.optional(),
  /** effective: what counted then; recorded: what was written by then. */
  by: z.enum(['effective', 'recorded']).default('effective'),
  drugId: QueryId.optional(),
  format: Format,
});

export const StockAsOf = z
  .object({
    at: z.string().meta({ format: 'date-time' }),
    by: z.enum(['effective', 'recorded']),
    data: z.array(
      z.object({
        drugId: Id,
        drugName: z.string(),
        baseUnit: z.string(),
        lotId: Id,
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        quantity: SignedQuantityText,
        unitCost: UnitCost,
        value: SignedMoneyText,
      }),
    ),
    meta: PageMeta,
    /** Of all pages. */
    totalValue: SignedMoneyText,
  })
  .meta({ id: 'StockAsOf' });

export const DeadStockQuery = z.strictObject({
  ...Paging,
  /** Days without anything of it going out. */
  days: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number of days')
    .transform(Number)
    .refine((value) => value >= 7 && value <= 1825, 'must be from 7 to 1825')
    .default(180),
  format: Format,
});

export const DeadStock = z
  .object({
    days: z.int(),
    data: z.array(
      z.object({
        drugId: Id,
        drugName: z.string(),
        drugNameAr: z.string().nullable(),
        baseUnit: z.string(),
        lots: z.int(),
        quantity: SignedQuantityText,
        /** At cost. */
        value: MoneyText,
        inStockSince: DateText,
        firstExpiry: DateText.nullable(),
        /** When some of it last went to a patient or into a batch; null: never. */
        lastOutOn: DateText.nullable(),
        /** Days since then, or since it came. */
        days: z.int(),
      }),
    ),
    meta: PageMeta,
    /** Of all pages. */
    totalValue: MoneyText,
  })
  .meta({ id: 'DeadStock' });

export const VALUATION_KEYS = ['drug', 'status', 'bin', 'category'] as const;

export const ValuationQuery = z.strictObject({
  ...Paging,
  by: z.enum(VALUATION_KEYS).default('drug'),
  format: Format,
});

export const StockValuation = z
  .object({
    by: z.enum(VALUATION_KEYS),
    data: z.array(
      z.object({
        /** Identity of the product or category, status or shelf; null: none. */
        key: z.string().nullable(),
        name: z.string().nullable(),
        lots: z.int(),
        /** Base units; null where they are of several products. */
        quantity: SignedQuantityText.nullable(),
        value: MoneyText,
        /** Of it, what may leave to patients today. */
        availableValue: MoneyText,
      }),
    ),
    meta: PageMeta,
    totalValue: MoneyText,
    totalAvailableValue: MoneyText,
    /** What the branch has sent off and nobody has yet. */
    inTransitValue: MoneyText,
  })
  .meta({ id: 'StockValuation' });

export const StockMonthsQuery = z.strictObject({
  ...Paging,
  drugId: QueryId.optional(),
  format: Format,
});

export const StockMonths = z
  .object({
    /** The report says what was recorded by then. */
    refreshedAt: z.string().meta({ format: 'date-time' }),
    data: z.array(
      z.object({
        /** `YYYY-MM`, UTC. */
        month: z.string().regex(/^\d{4}-\d{2}$/),
        /** Base units that came by deliveries, from other branches and from batches; null where it is not of one product. */
        received: SignedQuantityText.nullable(),
        /** Base units that left to patients less those that came back. */
        toPatients: SignedQuantityText.nullable(),
        /** Base units at the end of the month. */
        closing: SignedQuantityText.nullable(),
        receivedValue: SignedMoneyText,
        toPatientsValue: SignedMoneyText,
        /** Everything else: corrections, counts, destruction, transfers and returns to suppliers; positive where stock grew. */
        otherValue: SignedMoneyText,
        closingValue: SignedMoneyText,
      }),
    ),
    meta: PageMeta,
  })
  .meta({ id: 'StockMonths' });

export const EXPIRY_BANDS = ['expired', '30', '60', '90'] as const;

export const ExpiryQuery = z.strictObject({
  ...Paging,
  band: z.enum(EXPIRY_BANDS).optional(),
  format: Format,
});

const BandTotals = z.object({
  band: z.enum(EXPIRY_BANDS),
  lots: z.int(),
  value: MoneyText,
  /** Of it, what will be left when it expires, if as much is used as in the last 90 days. */
  unsoldValue: MoneyText,
});

export const ExpiryReport = z
  .object({
    bands: z.array(BandTotals),
    data: z.array(
      z.object({
        lotId: Id,
        drugId: Id,
        drugName: z.string(),
        baseUnit: z.string(),
        lotNumber: z.string(),
        expiryDate: DateText,
        daysToExpiry: z.int(),
        band: z.enum(EXPIRY_BANDS),
        status: z.string(),
        bin: z.string().nullable(),
        supplierName: z.string().nullable(),
        quantity: SignedQuantityText,
        value: MoneyText,
        /** Base units used in the last 90 days, of all lots of the product. */
        used90: SignedQuantityText,
        unsold: SignedQuantityText,
        unsoldValue: MoneyText,
      }),
    ),
    meta: PageMeta,
  })
  .meta({ id: 'ExpiryReport' });

export type DeadStockRow = z.output<typeof DeadStock>['data'][number];
