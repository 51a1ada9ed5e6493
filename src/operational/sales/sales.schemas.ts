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

export const CreateSale = z
  .strictObject({
    patientId: Id.nullish(),
    /** Account of the customer: he earns points, and tenders on account, of a deposit and of points go there. */
    accountId: Id.nullish(),
    items: z
      .array(z.union([CounterItem, FillItem]))
      .min(1)
      .max(MAX_LINES),
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

const Line = z.object({
  saleItemId: Id,
  lineNo: z.int(),
  drugId: Id,
  fillId: Id.nullable(),
  description: z.string(),
  quantity: SignedQuantityText,
  unit: Unit,
  unitQuantity: SignedQuantityText,
  amount: SignedMoneyText,
  discount: SignedMoneyText,
  lineTotal: SignedMoneyText,
  lots: z.array(Lot),
});

const Amounts = {
  subtotal: SignedMoneyText,
  discountTotal: SignedMoneyText,
  taxTotal: SignedMoneyText,
  rounding: SignedMoneyText,
  total: SignedMoneyText,
};

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
        tax: SignedMoneyText,
        disposition: Disposition.nullable(),
        returnedQuantity: SignedQuantityText,
        returnedAmount: SignedMoneyText,
        returnedDiscount: SignedMoneyText,
      }),
    ),
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
