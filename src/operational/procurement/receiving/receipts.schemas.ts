import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QueryId,
  SignedQuantityText,
  text,
} from '../../../platform/http/schemas.js';
import { OwedFill } from '../../owed-fills/owed-fills.types.js';
import { PacksTaken, ScannedCodes } from '../../serials/serials-shapes.types.js';
import { AmountOfUnits, MAX_LINES } from '../orders/orders.schemas.js';
import { ORDER_STATUSES } from '../orders/order-status.domain.js';

const REFUSALS = [
  'damaged',
  'wrong_product',
  'not_ordered',
  'too_many',
  'short_expiry',
  'expired',
  'recalled',
  'temperature',
  'other',
] as const;
const Refusal = z.enum(REFUSALS);

const ReceivedLine = z
  .strictObject({
    purchaseOrderItemId: Id,
    lotNumber: text(60),
    /** Null only for a product that never had an expiry. */
    expiryDate: DateText.nullable(),
    /** Paid for, in the unit of the order line. */
    quantity: AmountOfUnits,
    /** Free, in the unit of the order line. */
    bonus: AmountOfUnits,
    /** Why more comes free than was ordered; of somebody who may approve orders. */
    bonusReason: text(500).optional(),
    /** True: both are in base units. */
    inBaseUnits: z.boolean().default(false),
    /** Codes of packs of it, as scanned: each pack is known by its serial from then on. */
    packs: ScannedCodes.optional(),
  })
  .refine(({ quantity, bonus }) => /[1-9]/.test(quantity + bonus), {
    path: ['quantity'],
    message: 'must be more than zero, or bonus must',
  });

const RefusedLine = z
  .strictObject({
    purchaseOrderItemId: Id.optional(),
    /** What it is, where it is of no line. */
    drugId: Id.optional(),
    /** Base units, or in the unit of the order line where one is named. */
    quantity: AmountOfUnits.refine((value) => /[1-9]/.test(value), 'must be more than zero'),
    reason: Refusal,
    note: text(500).optional(),
    lotNumber: text(60).optional(),
    expiryDate: DateText.optional(),
  })
  .refine((line) => (line.purchaseOrderItemId === undefined) !== (line.drugId === undefined), {
    path: ['drugId'],
    message: 'must be given for what is of no order line, and only then',
  })
  .refine(({ reason, note }) => reason !== 'other' || (note?.length ?? 0) >= 5, {
    path: ['note'],
    message: 'must say what it is, in at least 5 characters',
  });

export const ReceiveOrder = z
  .strictObject({
    supplierDocument: text(100).nullish(),
    /** What the seller states of the transaction, word for word (DSCSA). */
    transactionStatement: text(2000).nullish(),
    /** Cost of this delivery itself: freight not in the order. */
    landedCost: MoneyText.default('0'),
    /** Token of POST /auth/witness, where a line needs a second person. */
    witness: z
      .string()
      .regex(/^[A-Za-z0-9_-]{20,100}$/, 'must be a token as given')
      .optional(),
    lines: z.array(ReceivedLine).max(MAX_LINES),
    refused: z.array(RefusedLine).max(MAX_LINES).default([]),
  })
  .refine(({ lines, refused }) => lines.length + refused.length > 0, {
    path: ['lines'],
    message: 'must have a line, or refused must',
  })
  .meta({ id: 'ReceivePurchaseOrder' });

const ReceiptItem = z.object({
  goodsReceiptItemId: Id,
  purchaseOrderItemId: Id.nullable(),
  drugId: Id,
  drugName: z.string(),
  drugNameAr: z.string().nullable(),
  baseUnit: z.string(),
  lotId: Id,
  lotNumber: z.string(),
  expiryDate: DateText.nullable(),
  /** Base units, free ones included. */
  quantity: SignedQuantityText,
  bonus: SignedQuantityText,
  /** Why more came free than was ordered. */
  bonusReason: z.string().nullable(),
  netCost: MoneyText.nullable(),
  landedCost: MoneyText,
  unitCost: z.string(),
  /** Taken back: by whom, when and why. */
  reversal: z.object({ reason: z.string(), userName: z.string().nullable(), reversedAt: Instant }).nullable(),
});

const RefusalView = z.object({
  purchaseOrderItemId: Id.nullable(),
  drugId: Id,
  drugName: z.string(),
  quantity: SignedQuantityText,
  reason: Refusal,
  note: z.string().nullable(),
  lotNumber: z.string().nullable(),
  expiryDate: DateText.nullable(),
});

const receiptShape = {
  goodsReceiptId: Id,
  purchaseOrderId: Id.nullable(),
  orderNumber: z.string().nullable(),
  supplierId: Id.nullable(),
  supplierName: z.string().nullable(),
  supplierNameAr: z.string().nullable(),
  supplierDocument: z.string().nullable(),
  landedCost: MoneyText,
  /** At cost, of what stands. */
  value: MoneyText,
  lineCount: z.int(),
  receivedBy: z.string().nullable(),
  receivedAt: Instant,
};

export const ReceiptView = z.object(receiptShape).meta({ id: 'GoodsReceipt' });
export const ReceiptPage = pageOf(ReceiptView).meta({ id: 'GoodsReceiptPage' });
export const ReceiptDetail = z
  .object({ ...receiptShape, items: z.array(ReceiptItem), refused: z.array(RefusalView) })
  .meta({ id: 'GoodsReceiptDetail' });

export const ReceiptQuery = z.strictObject({
  ...Paging,
  purchaseOrderId: QueryId.optional(),
  supplierId: QueryId.optional(),
  drugId: QueryId.optional(),
  from: DateText.optional(),
  to: DateText.optional(),
});

export const OrderReceived = z
  .object({
    receipt: ReceiptDetail,
    orderStatus: z.enum(ORDER_STATUSES),
    /** Lines that expire sooner than the supplier is asked for. */
    warnings: z.array(
      z.object({ goodsReceiptItemId: Id, code: z.literal('short-expiry'), daysToExpiry: z.int() }),
    ),
    /** Packs that were scanned; a doubled one lies in quarantine. */
    packs: PacksTaken,
    /** How many rests owed to patients the stock completes now. */
    owedCompletable: z.int(),
    /** Which ones, the oldest first; empty for who may not read prescriptions. */
    owedFills: z.array(OwedFill),
  })
  .meta({ id: 'PurchaseOrderReceived' });

export const ReverseReceiptItem = z.strictObject({ reason: text(500) }).meta({ id: 'ReverseReceiptItem' });

export type ReceiptWithItems = z.output<typeof ReceiptDetail>;
export type Receipt = z.output<typeof ReceiptView>;
