import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  QueryId,
  SignedQuantityText,
  text,
} from '../../../platform/http/schemas.js';
import { DocumentHistory } from '../document-history.schemas.js';
import { MAX_LINES } from '../orders/orders.schemas.js';
import { RETURN_COMMAND_NAMES, RETURN_STATUSES } from './return-status.domain.js';

const Status = z.enum(RETURN_STATUSES);
const Reason = z.enum([
  'expired',
  'near_expiry',
  'damaged',
  'recalled',
  'quality',
  'wrong_delivery',
  'overstock',
  'other',
]);

export const CreateReturn = z
  .strictObject({
    supplierId: Id,
    notes: text(2000).nullish(),
    lines: z
      .array(
        z.strictObject({
          lotId: Id,
          /** Base units. */
          quantity: QuantityText,
          reason: Reason,
          /** What the supplier is expected to credit, before tax; left out: what it cost. */
          creditExpected: MoneyText.optional(),
        }),
      )
      .min(1)
      .max(MAX_LINES)
      .refine((lines) => new Set(lines.map((line) => line.lotId)).size === lines.length, {
        message: 'must name each lot once',
      }),
  })
  .meta({ id: 'CreateSupplierReturn' });

export const ShipReturn = z
  .strictObject({
    note: text(500).optional(),
    /** Token of POST /auth/witness, where a line needs a second person. */
    witness: z
      .string()
      .regex(/^[A-Za-z0-9_-]{20,100}$/, 'must be a token as given')
      .optional(),
  })
  .meta({ id: 'ShipSupplierReturn' });
export const CancelReturn = z.strictObject({ reason: text(500) }).meta({ id: 'CancelSupplierReturn' });

/** The credit note the supplier sent for it. */
export const CreditReturn = z
  .strictObject({
    number: text(60),
    creditedOn: DateText,
    net: MoneyText,
    tax: MoneyText.default('0'),
    /** The invoice it makes less of, where it is of one. */
    creditsInvoiceId: Id.optional(),
  })
  .meta({ id: 'CreditSupplierReturn' });

export const ReturnFormat = z.strictObject({
  format: z.enum(['json', 'html']).default('json'),
  language: z.enum(['en', 'ar']).default('en'),
});

export const ReturnQuery = z.strictObject({
  ...Paging,
  status: Status.optional(),
  supplierId: QueryId.optional(),
});

const returnShape = {
  supplierReturnId: Id,
  returnNumber: z.string(),
  supplierId: Id,
  supplierName: z.string(),
  status: Status,
  /** What can be done with it now. */
  commands: z.array(z.enum(RETURN_COMMAND_NAMES)),
  statusReason: z.string().nullable(),
  notes: z.string().nullable(),
  lineCount: z.int(),
  /** Before tax. */
  creditExpected: MoneyText,
  /** Before tax, of the credit note; null: none yet. */
  creditReceived: MoneyText.nullable(),
  creditNoteId: Id.nullable(),
  creditNoteNumber: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: Instant,
  shippedBy: z.string().nullable(),
  shippedAt: Instant.nullable(),
  version: z.int(),
};

export const ReturnView = z.object(returnShape).meta({ id: 'SupplierReturn' });
export const ReturnPage = pageOf(ReturnView).meta({ id: 'SupplierReturnPage' });
export const ReturnDetail = z
  .object({
    ...returnShape,
    lines: z.array(
      z.object({
        lineNo: z.int(),
        lotId: Id,
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        lotStatus: z.string(),
        drugId: Id,
        drugName: z.string(),
        baseUnit: z.string(),
        quantity: SignedQuantityText,
        reason: Reason,
        creditExpected: MoneyText,
        /** True: a second person signs for it. */
        needsWitness: z.boolean(),
        witnessedBy: z.string().nullable(),
        movementId: z.int().nullable(),
      }),
    ),
    events: DocumentHistory,
  })
  .meta({ id: 'SupplierReturnDetail' });

export const DeadlineQuery = z.strictObject({
  ...Paging,
  supplierId: QueryId.optional(),
  /** Windows that open within so many days. */
  withinDays: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number of days')
    .transform(Number)
    .default(60),
});

/** Lots a supplier takes back, the one whose time is up first, first. */
export const DeadlinePage = pageOf(
  z.object({
    lotId: Id,
    lotNumber: z.string(),
    expiryDate: DateText,
    lotStatus: z.string(),
    drugId: Id,
    drugName: z.string(),
    supplierId: Id,
    supplierName: z.string(),
    /** Base units free. */
    quantity: SignedQuantityText,
    /** At cost. */
    value: MoneyText,
    opensOn: DateText,
    deadline: DateText,
    daysLeft: z.int(),
    /** True: it may be sent back today. */
    isOpen: z.boolean(),
  }),
).meta({ id: 'SupplierReturnDeadlines' });
