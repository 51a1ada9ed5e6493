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
} from '../../platform/http/schemas.js';
import { OwedFill } from '../owed-fills/owed-fills.types.js';
import { PacksTaken, ScannedCodes } from '../serials/serials-shapes.types.js';
import { REASON_CODES } from './adjustments.types.js';
import { SignatureToken } from './destructions.schemas.js';

const Status = z.enum(['available', 'quarantined', 'on_hold', 'recalled', 'expired']);

/** Net cost of a base unit: finer than money, since a pack's cost is divided by its units. */
const UnitCost = z.string().regex(/^\d{1,11}(\.\d{1,6})?$/, 'must be a cost such as "0.4875"');

const days = (max: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number of days')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`);

export const LotQuery = z.strictObject({
  ...Paging,
  drugId: QueryId.optional(),
  expiringWithinDays: days(3650).optional(),
  status: Status.optional(),
  bin: text(40).optional(),
  supplierId: QueryId.optional(),
  q: text(100).optional(),
  /** Whether lots without stock are listed; unless told otherwise only where one product is asked for. */
  empty: QueryFlag.optional(),
  /** csv: all of them, shelf by shelf. */
  format: z.enum(['json', 'csv']).default('json'),
});

const LotShape = {
  lotId: Id,
  drugId: Id,
  drugName: z.string(),
  lotNumber: z.string(),
  expiryDate: DateText.nullable(),
  daysToExpiry: z.int().nullable(),
  quantity: SignedQuantityText,
  quantityReserved: SignedQuantityText,
  unitCost: UnitCost,
  status: Status,
  statusReason: z.string().nullable(),
  bin: z.string().nullable(),
  /** True: destroying it needs a second person. */
  needsWitness: z.boolean(),
  version: z.int(),
};

export const LotView = z.object(LotShape).meta({ id: 'Lot' });

export const LotPage = pageOf(LotView).meta({ id: 'LotPage' });

export const ReceiveGoods = z
  .strictObject({
    supplierId: Id.nullish(),
    supplierDocument: text(100).nullish(),
    /** What the seller states of the transaction, word for word (DSCSA). */
    transactionStatement: text(2000).nullish(),
    /** The second person's signature, where a line is a controlled medicine that two people receive. */
    witness: SignatureToken.optional(),
    items: z
      .array(
        z.strictObject({
          drugId: Id,
          lotNumber: text(60),
          expiryDate: DateText.nullish(),
          quantity: QuantityText,
          unitCost: UnitCost,
          /** Codes of packs of it, as scanned: each pack is known by its serial from then on. */
          packs: ScannedCodes.optional(),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'ReceiveGoods' });

export const GoodsReceived = z
  .object({
    goodsReceiptId: Id,
    receivedAt: Instant,
    items: z.array(
      z.object({
        goodsReceiptItemId: Id,
        lineNo: z.int(),
        drugId: Id,
        lotId: Id,
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        quantity: SignedQuantityText,
        unitCost: UnitCost,
      }),
    ),
    /** Packs that were scanned; a doubled one lies in quarantine. */
    packs: PacksTaken,
    /** How many rests owed to patients the stock completes now. */
    owedCompletable: z.int(),
    /** Which ones, the oldest first; empty for who may not read prescriptions. */
    owedFills: z.array(OwedFill),
  })
  .meta({ id: 'GoodsReceived' });

export const AdjustLot = z
  .strictObject({
    lotId: Id,
    quantity: SignedQuantityText.refine((value) => /[1-9]/.test(value), 'must not be zero'),
    /** `other` unless it is said. */
    reasonCode: z.enum(REASON_CODES).optional(),
    reason: text(500),
    /** The movement it corrects, where it corrects one. */
    correctsMovementId: z.int().min(1).optional(),
  })
  .meta({ id: 'AdjustLot' });

export const LotAdjusted = z
  .object({
    /** null: it waits for another person, and nothing moved. */
    movementId: z.int().nullable(),
    /** Of a correction that waits. */
    adjustmentId: Id.nullable(),
    isPending: z.boolean(),
    quantity: SignedQuantityText,
    lot: z.object(LotShape),
  })
  .meta({ id: 'LotAdjusted' });

export const LotSplit = z
  .object({ from: z.object(LotShape), to: z.object(LotShape) })
  .meta({ id: 'LotSplit' });

export const ChangeLotStatus = z
  .strictObject({ lotId: Id, reason: text(300), version: z.int().min(1) })
  .meta({ id: 'ChangeLotStatus' });

export const MovementQuery = z.strictObject({
  drugId: QueryId.optional(),
  lotId: QueryId.optional(),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, 'must be a cursor of an earlier answer')
    .transform(Number)
    .refine(Number.isSafeInteger, 'must be a cursor of an earlier answer')
    .optional(),
  limit: Paging.limit,
});

export const MovementView = z
  .object({
    movementId: z.int(),
    lotId: Id,
    lotNumber: z.string(),
    drugId: Id,
    drugName: z.string(),
    movementType: z.string(),
    quantity: SignedQuantityText,
    balanceAfter: SignedQuantityText,
    unitCost: UnitCost,
    reason: z.string().nullable(),
    reasonCode: z.enum(REASON_CODES).nullable(),
    fillId: Id.nullable(),
    saleItemId: Id.nullable(),
    goodsReceiptItemId: Id.nullable(),
    reversesMovementId: z.int().nullable(),
    correctsMovementId: z.int().nullable(),
    witnessName: z.string().nullable(),
    effectiveAt: Instant,
    recordedAt: Instant,
    userId: Id.nullable(),
    userName: z.string().nullable(),
  })
  .meta({ id: 'StockMovement' });

export const MovementPage = z
  .object({ data: z.array(MovementView), nextCursor: z.string().nullable() })
  .meta({ id: 'StockMovementPage' });

export const StockAlerts = z
  .object({
    bands: z.array(
      z.object({
        band: z.enum(['expired', '30', '60', '90']),
        lots: z.int(),
        value: MoneyText,
      }),
    ),
    lots: z.array(z.object({ ...LotShape, band: z.enum(['expired', '30', '60', '90']), value: MoneyText })),
  })
  .meta({ id: 'StockAlerts' });
