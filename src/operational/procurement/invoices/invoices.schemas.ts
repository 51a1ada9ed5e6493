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
} from '../../../platform/http/schemas.js';
import { DocumentHistory } from '../document-history.schemas.js';
import { MAX_LINES } from '../orders/orders.schemas.js';
import { DIFFERENCES } from './invoice-match.domain.js';
import { INVOICE_COMMAND_NAMES, INVOICE_KINDS, INVOICE_STATUSES } from './invoice-status.domain.js';

const Status = z.enum(INVOICE_STATUSES);
const Kind = z.enum(INVOICE_KINDS);

const Line = z
  .strictObject({
    /** The order line it charges or credits. */
    purchaseOrderItemId: Id.optional(),
    /** Goods of no order line. */
    drugId: Id.optional(),
    /** Something else: freight, a fee. */
    description: text(200).optional(),
    /** Base units; of goods only. */
    quantity: QuantityText.optional(),
    net: MoneyText,
    tax: MoneyText.default('0'),
  })
  .refine(
    (line) =>
      [line.purchaseOrderItemId, line.drugId, line.description].filter((what) => what !== undefined)
        .length === 1,
    { path: ['purchaseOrderItemId'], message: 'must be one of: an order line, a product, a description' },
  )
  .refine((line) => (line.description === undefined) === (line.quantity !== undefined), {
    path: ['quantity'],
    message: 'must be given for goods, and only for goods',
  });

export const EnterInvoice = z
  .strictObject({
    supplierId: Id,
    kind: Kind.default('invoice'),
    number: text(60),
    purchaseOrderId: Id.optional(),
    /** The invoice a credit note is of. */
    creditsInvoiceId: Id.optional(),
    invoiceDate: DateText,
    /** Left out: by the days the supplier gives. */
    dueDate: DateText.optional(),
    /** As on the paper: lines that do not add up to it are refused. */
    total: MoneyText,
    lines: z.array(Line).min(1).max(MAX_LINES),
  })
  .refine(({ kind, creditsInvoiceId }) => kind === 'credit_note' || creditsInvoiceId === undefined, {
    path: ['creditsInvoiceId'],
    message: 'must be of a credit note',
  })
  .meta({ id: 'EnterSupplierInvoice' });

export const InvoiceQuery = z.strictObject({
  ...Paging,
  status: Status.optional(),
  kind: Kind.optional(),
  supplierId: QueryId.optional(),
  purchaseOrderId: QueryId.optional(),
  /** Part of the number. */
  q: text(60).optional(),
  /** True: what waits for somebody or for its payment. */
  open: QueryFlag.optional(),
  /** attention: what differs first, then disputed, to be matched, approved, paid; of each the one due first. */
  sort: z.enum(['newest', 'attention']).default('newest'),
});

export const ProposalQuery = z.strictObject({ purchaseOrderId: QueryId });

/** What an invoice of an order would charge now: what came and nobody has charged, at the price of the order. */
export const InvoiceProposal = z
  .object({
    purchaseOrderId: Id,
    orderNumber: z.string(),
    supplierId: Id,
    supplierName: z.string(),
    /** Days after its date until it is due. */
    paymentDays: z.int(),
    lines: z.array(
      z.object({
        purchaseOrderItemId: Id,
        lineNo: z.int(),
        drugId: Id,
        drugName: z.string(),
        baseUnit: z.string(),
        /** Base units. */
        quantityOrdered: SignedQuantityText,
        quantityReceived: SignedQuantityText,
        /** By other invoices that stand, less what was credited. */
        quantityCharged: SignedQuantityText,
        /** Net of the whole order line. */
        orderedNet: MoneyText,
        taxRate: z.string(),
        quantity: SignedQuantityText,
        net: MoneyText,
        tax: MoneyText,
      }),
    ),
    /** What is no goods: freight and charges of the order not charged yet. */
    charges: MoneyText,
  })
  .meta({ id: 'SupplierInvoiceProposal' });

export const ApproveInvoice = z
  .strictObject({
    /** Why it is approved although it differs. */
    reason: text(500).optional(),
  })
  .meta({ id: 'ApproveSupplierInvoice' });

export const EndInvoice = z.strictObject({ reason: text(500) }).meta({ id: 'EndSupplierInvoice' });

export const PayInvoice = z
  .strictObject({
    paidOn: DateText,
    amount: MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero'),
    reference: text(100).optional(),
  })
  .meta({ id: 'PaySupplierInvoice' });

const invoiceShape = {
  supplierInvoiceId: Id,
  supplierId: Id,
  supplierName: z.string(),
  kind: Kind,
  number: z.string(),
  purchaseOrderId: Id.nullable(),
  orderNumber: z.string().nullable(),
  creditsInvoiceId: Id.nullable(),
  invoiceDate: DateText,
  dueDate: DateText,
  netTotal: MoneyText,
  taxTotal: MoneyText,
  total: MoneyText,
  /** Total less payments and approved credit notes of it. */
  open: SignedMoneyText,
  status: Status,
  /** What can be done with it now. */
  commands: z.array(z.enum(INVOICE_COMMAND_NAMES)),
  /** What was said with the last step. */
  statusReason: z.string().nullable(),
  /** What the last match found. */
  differences: z.array(
    z.object({
      lineNo: z.int().nullable(),
      code: z.enum(DIFFERENCES),
      expected: z.string(),
      charged: z.string(),
    }),
  ),
  /** True: above the limit of the branch, so another user approves it. */
  needsApproval: z.boolean(),
  enteredBy: z.string().nullable(),
  enteredAt: Instant,
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  version: z.int(),
};

export const InvoiceView = z.object(invoiceShape).meta({ id: 'SupplierInvoice' });
export const InvoicePage = pageOf(InvoiceView).meta({ id: 'SupplierInvoicePage' });

export const InvoiceDetail = z
  .object({
    ...invoiceShape,
    lines: z.array(
      z.object({
        lineNo: z.int(),
        purchaseOrderItemId: Id.nullable(),
        drugId: Id.nullable(),
        drugName: z.string().nullable(),
        description: z.string().nullable(),
        quantity: SignedQuantityText.nullable(),
        net: MoneyText,
        tax: MoneyText,
        /** Base units ordered and received of its order line. */
        quantityOrdered: SignedQuantityText.nullable(),
        quantityReceived: SignedQuantityText.nullable(),
      }),
    ),
    payments: z.array(
      z.object({
        paidOn: DateText,
        amount: MoneyText,
        reference: z.string().nullable(),
        recordedBy: z.string().nullable(),
      }),
    ),
    events: DocumentHistory,
  })
  .meta({ id: 'SupplierInvoiceDetail' });

export const PayablesQuery = z.strictObject({
  ...Paging,
  /** As it was at the end of that day; left out: today. */
  at: DateText.optional(),
  format: z.enum(['json', 'csv']).default('json'),
});

const ages = {
  notDue: SignedMoneyText,
  days1to30: SignedMoneyText,
  days31to60: SignedMoneyText,
  days61to90: SignedMoneyText,
  daysOver90: SignedMoneyText,
  /** Credit notes of no invoice; they make less of it. */
  credits: SignedMoneyText,
  total: SignedMoneyText,
};

/** What is owed to suppliers by how long it is overdue, and the sum over all of them. */
export const Payables = z
  .object({
    at: DateText,
    data: z.array(z.object({ supplierId: Id, supplierName: z.string(), invoices: z.int(), ...ages })),
    totals: z.object(ages),
    meta: z.object({ total: z.int(), page: z.int(), limit: z.int() }),
  })
  .meta({ id: 'Payables' });

export type Invoice = z.output<typeof InvoiceView>;
export type InvoiceWithLines = z.output<typeof InvoiceDetail>;
