import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  QueryFlag,
  QueryId,
  SignedMoneyText,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';

import {
  alertFields,
  notChecked,
  optionalOverrides,
  RememberedAlertView,
  RememberedView,
  stepUp,
} from '../screening/override-input.types.js';
import { ACCOUNT_TENDERS, isAccountTender } from '../accounts/accounts.types.js';
import { ScannedCodes } from '../serials/serials-shapes.types.js';
import { IdentityCheck, LimitJudged, LimitReasons } from './purchase-limits/purchase-limits.schemas.js';

/** More lines than any real basket; it bounds the work of one transaction. */
const MAX_LINES = 100;
const MAX_TENDERS = 10;

/** What a seller takes; a credit note is named by its number in `reference`. */
const Method = z.enum(['cash', 'card', 'mobile', 'credit_note', ...ACCOUNT_TENDERS]);
const Unit = z.enum(['unit', 'strip', 'pack']);
const Disposition = z.enum(['restock', 'quarantine']);
const PositiveMoney = MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero');

const CounterItem = z.strictObject({
  drugId: Id,
  quantity: QuantityText,
  unit: Unit.optional(),
  discount: MoneyText.optional(),
  /** Codes of packs with serials it is taken from, as scanned, in the order they give. */
  packs: ScannedCodes.optional(),
});
const FillItem = z.strictObject({ fillId: Id });

export const SaleItems = z
  .array(z.union([CounterItem, FillItem]))
  .min(1)
  .max(MAX_LINES);

export const CreateSale = z
  .strictObject({
    patientId: Id.nullish(),
    /** Account of the customer: he earns points, and tenders on account, of a deposit and of points go there. */
    accountId: Id.nullish(),
    items: SaleItems,
    payments: z
      .array(
        z
          .strictObject({ method: Method, amount: PositiveMoney, reference: text(100).nullish() })
          .refine(({ method, reference }) => method !== 'credit_note' || Boolean(reference), {
            path: ['reference'],
            message: 'must be the number of the credit note',
          }),
      )
      .max(MAX_TENDERS),
    overrides: optionalOverrides,
    stepUp,
    /** The document that was looked at, where a purchase limit asks who buys. */
    identity: IdentityCheck.optional(),
    /** Why purchase limits are let pass, by who may. */
    limitReasons: LimitReasons.optional(),
  })
  .refine(
    (sale) =>
      typeof sale.accountId === 'number' || !sale.payments.some(({ method }) => isAccountTender(method)),
    {
      path: ['accountId'],
      message: 'is needed for tenders on account, of a deposit and of points',
    },
  )
  .meta({ id: 'CreateSale' });

/** A basket to be priced and not sold. */
export const PriceSale = z
  .strictObject({ patientId: Id.nullish(), items: SaleItems, identity: IdentityCheck.optional() })
  .meta({ id: 'PriceSale' });

export const ReturnSale = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          saleItemId: Id,
          quantity: QuantityText,
          disposition: Disposition.optional(),
        }),
      )
      .min(1)
      .max(MAX_LINES)
      .refine(
        (items) => new Set(items.map((item) => item.saleItemId)).size === items.length,
        'must name a line once only',
      ),
    reason: text(500),
    payments: z
      .array(z.strictObject({ method: Method, amount: PositiveMoney }))
      .max(MAX_TENDERS)
      .optional(),
    /** All of it in cash, or as a credit note; left out: to the original tenders, or as `payments` say. */
    refundAs: z.enum(['cash', 'credit_note']).optional(),
  })
  .refine(({ payments, refundAs }) => payments === undefined || refundAs === undefined, {
    path: ['refundAs'],
    message: 'must not stand beside payments',
  })
  .meta({ id: 'ReturnSale' });

/** Something comes back and something else goes out: what came back pays for it. */
export const ExchangeSale = z
  .strictObject({ returned: ReturnSale, sold: CreateSale })
  .meta({ id: 'ExchangeSale' });

export const VoidSale = z.strictObject({ reason: text(500) }).meta({ id: 'VoidSale' });

export const SaleQuery = z.strictObject({
  ...Paging,
  date: DateText.optional(),
  patientId: QueryId.optional(),
  saleNumber: text(30).optional(),
});

export const SharesQuery = z.strictObject({
  fillIds: z
    .string()
    .regex(/^[1-9]\d{0,8}(,[1-9]\d{0,8}){0,99}$/, 'must be numbers of fills with commas between them')
    .transform((value) => [...new Set(value.split(',').map(Number))]),
});

/** Who bears what of fills about to be sold. */
export const FillSharesList = z
  .object({
    data: z.array(
      z.object({
        fillId: Id,
        price: MoneyText,
        patientShare: MoneyText,
        /** False: a payer has not answered or has refused, so it cannot be sold yet. */
        isSettled: z.boolean(),
        payers: z.array(
          z.object({
            claimId: Id,
            claimNumber: z.string(),
            payerName: z.string(),
            payerNameAr: z.string().nullable(),
            status: z.enum(['submitted', 'adjudicated', 'paid', 'rejected']),
            payerShare: MoneyText.nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'FillSharesList' });

export const ReceiptQuery = z.strictObject({
  format: z.enum(['80mm', 'a4']).default('80mm'),
  lang: z.enum(['en', 'ar']).default('en'),
  copy: QueryFlag.optional(),
});

/** Which printing it is: 1 the receipt, from 2 its copies. */
export const ReceiptPrint = z.object({ printNo: z.int() }).meta({ id: 'ReceiptPrint' });

/** What the tax authority of the branch asks to be on a receipt; null where it has none. */
export const EInvoiceView = z
  .object({
    scheme: z.enum(['zatca', 'eta']),
    /** Text of the QR code. */
    code: z.string(),
    /** The document as the authority takes it, JSON; nothing is sent. */
    document: z.string().nullable(),
  })
  .nullable()
  .meta({ id: 'EInvoice' });

const Lot = z.object({
  lotId: Id,
  lotNumber: z.string(),
  expiryDate: z.string().nullable(),
  quantity: SignedQuantityText,
});

const priced = {
  lineNo: z.int(),
  drugId: Id,
  fillId: Id.nullable(),
  description: z.string(),
  quantity: SignedQuantityText,
  unit: Unit,
  unitQuantity: SignedQuantityText,
  amount: SignedMoneyText,
  /** All that was taken off, promotions with it. */
  discount: SignedMoneyText,
  /** What promotions took off; none of a return, whose discount is a share of that of its line. */
  promotions: z.array(
    z.object({ promotionId: Id, name: z.string(), nameAr: z.string().nullable(), amount: MoneyText }),
  ),
  taxRate: z.string(),
  /** True: the price holds the tax; false: it is added. */
  taxIncluded: z.boolean(),
  tax: SignedMoneyText,
  /** Price less discount, and the tax where prices do not hold it. */
  lineTotal: SignedMoneyText,
};

const Line = z.object({ saleItemId: Id, ...priced, lots: z.array(Lot) });

const amounts = {
  subtotal: SignedMoneyText,
  discountTotal: SignedMoneyText,
  /** All taxes, in prices or added to them. */
  taxTotal: SignedMoneyText,
  /** The part of them that prices hold: total = subtotal − discountTotal + taxTotal − taxInPrices + rounding. */
  taxInPrices: SignedMoneyText,
};

const Amounts = { ...amounts, rounding: SignedMoneyText, total: SignedMoneyText };

/** Taxes by class and rate. */
const taxes = z.array(
  z.object({
    taxClassId: Id,
    code: z.string(),
    rate: z.string(),
    isIncluded: z.boolean(),
    /** What is taxed, without the tax. */
    net: SignedMoneyText,
    tax: SignedMoneyText,
  }),
);

/** What a basket costs now. Cash rounding is the payment's: `total` is what is due before it. */
export const PricedSale = z
  .object({
    ...amounts,
    total: MoneyText,
    taxes,
    items: z.array(z.object(priced)),
    /** Purchase limits on it, with what stands in the way. */
    limits: z.array(LimitJudged),
  })
  .meta({ id: 'PricedSale' });

export const SaleCreated = z
  .object({
    saleId: Id,
    saleNumber: z.string(),
    saleType: z.literal('sale'),
    shiftId: Id,
    patientId: Id.nullable(),
    saleDate: Instant,
    businessDate: DateText,
    ...Amounts,
    taxes,
    paid: MoneyText,
    change: MoneyText,
    items: z.array(Line),
    /** What screening found, where the patient is known. */
    alerts: z.array(z.object(alertFields)),
    notChecked: z.array(notChecked),
    /** Earlier decisions about the same finding, which were not asked for again. */
    rememberedOverrides: z.array(RememberedView),
  })
  .meta({ id: 'SaleCreated' });

const Header = {
  saleId: Id,
  saleNumber: z.string(),
  saleType: z.enum(['sale', 'return', 'void']),
  originalSaleId: Id.nullable(),
  shiftId: Id,
  patientId: Id.nullable(),
  userId: Id,
  cashierName: z.string(),
  saleDate: Instant,
  businessDate: DateText,
  ...Amounts,
  reason: z.string().nullable(),
};

export const SaleView = z
  .object({
    ...Header,
    items: z.array(
      Line.extend({
        originalSaleItemId: Id.nullable(),
        nameAr: z.string().nullable(),
        baseUnit: z.string(),
        packPrice: MoneyText,
        taxClassId: Id.nullable(),
        taxCode: z.string().nullable(),
        disposition: Disposition.nullable(),
        returnedQuantity: SignedQuantityText,
        returnedAmount: SignedMoneyText,
        returnedDiscount: SignedMoneyText,
        returnedTax: SignedMoneyText,
      }),
    ),
    taxes,
    payments: z.array(
      z.object({
        method: z.enum([
          'cash',
          'card',
          'mobile',
          'credit_note',
          'exchange',
          'insurance',
          ...ACCOUNT_TENDERS,
        ]),
        /** The claim whose payer bears it, and who that is; with `insurance` alone. */
        claimId: Id.nullable(),
        payerName: z.string().nullable(),
        /** The account it was set against; with `account`, `deposit` and `points` alone. */
        accountId: Id.nullable(),
        accountName: z.string().nullable(),
        amount: SignedMoneyText,
        change: MoneyText,
        reference: z.string().nullable(),
      }),
    ),
    paid: SignedMoneyText,
    change: MoneyText,
    /** Alerts that were not asked about again, since the same finding was decided about before. */
    rememberedOverrides: z.array(RememberedAlertView),
    reversals: z.array(
      z.object({
        saleId: Id,
        saleNumber: z.string(),
        saleType: z.enum(['sale', 'return', 'void']),
        total: SignedMoneyText,
      }),
    ),
  })
  .meta({ id: 'Sale' });

export const ExchangeView = z
  .object({
    /** What of the return paid for the sale. */
    exchanged: MoneyText,
    /** What was given back beside it, in money or as a credit note. */
    paidOut: MoneyText,
    returned: SaleView,
    sold: SaleCreated,
  })
  .meta({ id: 'Exchange' });

export const SalePage = pageOf(z.object({ ...Header, itemCount: z.int() })).meta({ id: 'SalePage' });
