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
  SignedQuantityText,
  text,
} from '../../../platform/http/schemas.js';
import { DocumentHistory } from '../document-history.schemas.js';
import { ORDER_COMMAND_NAMES, ORDER_STATUSES } from './order-status.domain.js';

const Status = z.enum(ORDER_STATUSES);
export const Level = z.enum(['unit', 'strip', 'pack', 'case']);

/** Lines of one order: what a person can still read through, and one statement can write. */
export const MAX_LINES = 500;

/** Zero or more. */
export const AmountOfUnits = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "2"')
  .default('0');

const UnitCost = z.string();
const Percent = z
  .string()
  .regex(/^(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)$/, 'must be a percentage such as "12.5"');
const TaxRate = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'must be a rate such as "0.14"');

/** An amount, or a share in percent of what it is on. */
const discount = { discount: MoneyText.optional(), discountPercent: Percent.optional() };
const oneDiscount = (value: {
  discount?: string | undefined;
  discountPercent?: string | undefined;
}): boolean => value.discount === undefined || value.discountPercent === undefined;
const ONE_DISCOUNT = { path: ['discount'], message: 'must be an amount or a percentage, not both' };

const Line = z
  .strictObject({
    drugId: Id,
    /** What it is ordered in. */
    level: Level.default('pack'),
    /** Which size of that, where the product has several. */
    packId: Id.optional(),
    quantity: QuantityText,
    /** How many come free. */
    bonus: AmountOfUnits,
    /** Of one, before discount and tax. */
    price: MoneyText,
    taxRate: TaxRate.default('0'),
    ...discount,
  })
  .refine(oneDiscount, ONE_DISCOUNT);

const header = {
  expectedOn: DateText.nullish(),
  notes: text(2000).nullish(),
  /** Freight, customs and other cost of getting it here. */
  landedCost: MoneyText.optional(),
  ...discount,
};

export const CreateOrder = z
  .strictObject({ supplierId: Id, lines: z.array(Line).max(MAX_LINES).default([]), ...header })
  .refine(oneDiscount, ONE_DISCOUNT)
  .meta({ id: 'CreatePurchaseOrder' });

/** Lines, discount and landed cost go together: whoever changes one of them sends them all. */
export const UpdateOrder = z
  .strictObject({
    version: z.int().min(1),
    supplierId: Id.optional(),
    lines: z.array(Line).max(MAX_LINES).optional(),
    ...header,
  })
  .refine(oneDiscount, ONE_DISCOUNT)
  .refine(
    (order) =>
      order.lines !== undefined ||
      (order.discount === undefined && order.discountPercent === undefined && order.landedCost === undefined),
    { path: ['lines'], message: 'must come with discount and landed cost' },
  )
  .meta({ id: 'UpdatePurchaseOrder' });

export const SubmitOrder = z.strictObject({ version: z.int().min(1) }).meta({ id: 'SubmitPurchaseOrder' });
export const ApproveOrder = z
  .strictObject({ note: text(500).optional() })
  .meta({ id: 'ApprovePurchaseOrder' });
export const EndOrder = z.strictObject({ reason: text(500) }).meta({ id: 'EndPurchaseOrder' });

export const OrderQuery = z.strictObject({
  ...Paging,
  status: Status.optional(),
  supplierId: QueryId.optional(),
  drugId: QueryId.optional(),
  /** Only what can be received now, or only what cannot. */
  receivable: QueryFlag.optional(),
  /** Part of the order number or of the name of the supplier. */
  q: text(100).optional(),
});

/** `html` is a page to print, `pdf` the same as a file, `csv` its lines, `mail` a text to send with where to. */
export const OrderFormat = z.strictObject({
  format: z.enum(['json', 'csv', 'html', 'pdf', 'mail']).default('json'),
  language: z.enum(['en', 'ar']).default('en'),
});

const orderShape = {
  purchaseOrderId: Id,
  orderNumber: z.string(),
  supplierId: Id,
  supplierName: z.string(),
  supplierNameAr: z.string().nullable(),
  status: Status,
  /** What can be done with it now. */
  commands: z.array(z.enum(ORDER_COMMAND_NAMES)),
  /** True: above the limit of the branch, so another user approves it. */
  needsApproval: z.boolean(),
  approvalLimit: MoneyText.nullable(),
  discount: MoneyText,
  landedCost: MoneyText,
  netTotal: MoneyText,
  taxTotal: MoneyText,
  total: MoneyText,
  overReceiptTolerance: z.string(),
  lineCount: z.int(),
  /** Of its lines, whatever they are counted in; 100 only when nothing is missing. */
  receivedPercent: z.int(),
  expectedOn: DateText.nullable(),
  notes: z.string().nullable(),
  createdById: Id.nullable(),
  createdBy: z.string().nullable(),
  createdAt: Instant,
  submittedBy: z.string().nullable(),
  orderedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  version: z.int(),
};

export const OrderView = z.object(orderShape).meta({ id: 'PurchaseOrder' });
export const OrderPage = pageOf(OrderView).meta({ id: 'PurchaseOrderPage' });

const LineView = z.object({
  purchaseOrderItemId: Id,
  lineNo: z.int(),
  drugId: Id,
  drugName: z.string(),
  drugNameAr: z.string().nullable(),
  baseUnit: z.string(),
  level: Level,
  unitBaseUnits: SignedQuantityText,
  /** The size it is ordered in, where the catalogue still has it as one; to be named again when the line is changed. */
  packId: Id.nullable(),
  quantity: SignedQuantityText,
  bonus: SignedQuantityText,
  price: MoneyText,
  gross: MoneyText,
  discount: MoneyText,
  headerDiscount: MoneyText,
  net: MoneyText,
  landedCost: MoneyText,
  taxRate: z.string(),
  tax: MoneyText,
  /** Of a base unit, free ones counted. */
  unitCost: UnitCost,
  /** Base units. */
  quantityOrdered: SignedQuantityText,
  quantityBonus: SignedQuantityText,
  quantityReceived: SignedQuantityText,
  quantityBonusReceived: SignedQuantityText,
  /** Base units paid for that are still to come. */
  quantityOpen: SignedQuantityText,
});

export const OrderDetail = z
  .object({
    ...orderShape,
    lines: z.array(LineView),
    events: DocumentHistory,
  })
  .meta({ id: 'PurchaseOrderDetail' });

/** A text to send, and a link that opens it in a mail program. */
export const OrderMail = z
  .object({ to: z.string().nullable(), subject: z.string(), body: z.string(), href: z.string() })
  .meta({ id: 'PurchaseOrderMail' });

export type GivenLine = z.output<typeof Line>;
