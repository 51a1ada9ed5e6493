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
} from '../../platform/http/schemas.js';
import { OwedFill } from '../owed-fills/owed-fills.types.js';
import { DISCREPANCY_KINDS, RESOLUTIONS, TRANSFER_STATUSES } from './stock-transfers.types.js';

/** Token of POST /auth/witness. */
const Signature = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, 'must be a token as given');
const Found = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "30"');
const UnitCost = z.string().regex(/^\d{1,11}(\.\d{1,6})?$/, 'must be a cost such as "0.4875"');

export const TransferBranches = z
  .object({ data: z.array(z.object({ branchId: Id, code: z.string(), name: z.string() })) })
  .meta({ id: 'TransferBranches' });

export const TransferQuery = z.strictObject({
  ...Paging,
  status: z.enum(TRANSFER_STATUSES).optional(),
  direction: z.enum(['in', 'out']).optional(),
});

export const CreateTransfer = z
  .strictObject({
    /** request: the branch asks the other for stock; send: it sends the other stock unasked. */
    origin: z.enum(['request', 'send']),
    otherBranchId: Id,
    note: text(500).optional(),
    lines: z
      .array(z.strictObject({ drugId: Id, quantity: QuantityText }))
      .min(1)
      .max(200)
      .refine(
        (lines) => new Set(lines.map((line) => line.drugId)).size === lines.length,
        'must name a product once',
      ),
  })
  .meta({ id: 'CreateStockTransfer' });

export const ApproveTransfer = z
  .strictObject({
    /** What is agreed to of a line, 0 for nothing; a line that is not named: all of it. */
    lines: z
      .array(z.strictObject({ transferLineId: Id, quantity: Found }))
      .max(200)
      .default([]),
  })
  .meta({ id: 'ApproveStockTransfer' });

export const IssueTransfer = z
  .strictObject({
    /** Lots chosen for a line; a line that is not named: first expiry first. */
    lines: z
      .array(
        z.strictObject({
          transferLineId: Id,
          lots: z
            .array(z.strictObject({ lotId: Id, quantity: QuantityText }))
            .min(1)
            .max(50)
            .refine(
              (lots) => new Set(lots.map((lot) => lot.lotId)).size === lots.length,
              'must name a lot once',
            ),
        }),
      )
      .max(200)
      .refine(
        (lines) => new Set(lines.map((line) => line.transferLineId)).size === lines.length,
        'must name a line once',
      )
      .default([]),
    /** True: what stock has, where it has less than was agreed to. */
    partial: z.boolean().default(false),
    witness: Signature.optional(),
  })
  .meta({ id: 'IssueStockTransfer' });

export const ReceiveTransfer = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          transitLotId: Id,
          /** Usable base units in hand. */
          quantity: Found,
          /** Base units that arrived and cannot be used. */
          damaged: Found.default('0'),
          note: text(500).optional(),
        }),
      )
      .max(500)
      .refine(
        (items) => new Set(items.map((item) => item.transitLotId)).size === items.length,
        'must name a lot once',
      ),
    /** True: nothing more comes; what is missing is lost. */
    complete: z.boolean(),
    witness: Signature.optional(),
  })
  .meta({ id: 'ReceiveStockTransfer' });

export const ResolveDiscrepancy = z
  .strictObject({
    discrepancyId: Id,
    resolution: z.enum(RESOLUTIONS),
    note: text(500, 5),
    witness: Signature.optional(),
  })
  .meta({ id: 'ResolveStockDiscrepancy' });

export const CancelTransfer = z
  .strictObject({ reason: text(500), witness: Signature.optional() })
  .meta({ id: 'CancelStockTransfer' });

const HeadShape = {
  transferId: Id,
  fromBranchId: Id,
  fromBranch: z.string(),
  toBranchId: Id,
  toBranch: z.string(),
  origin: z.enum(['request', 'send']),
  status: z.enum(TRANSFER_STATUSES),
  note: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  issuedBy: z.string().nullable(),
  issuedAt: Instant.nullable(),
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  products: z.int(),
  inTransitValue: MoneyText,
  openDiscrepancies: z.int(),
};

export const TransferPage = pageOf(z.object(HeadShape)).meta({ id: 'StockTransferPage' });

const TransferShape = {
  ...HeadShape,
  lines: z.array(
    z.object({
      transferLineId: Id,
      drugId: Id,
      drugName: z.string(),
      baseUnit: z.string(),
      quantity: SignedQuantityText,
      approved: SignedQuantityText.nullable(),
      needsWitness: z.boolean(),
    }),
  ),
  lots: z.array(
    z.object({
      transitLotId: Id,
      transferLineId: Id,
      drugId: Id,
      lotNumber: z.string(),
      expiryDate: DateText.nullable(),
      unitCost: UnitCost,
      issued: SignedQuantityText,
      received: SignedQuantityText,
      returned: SignedQuantityText,
      writtenOff: SignedQuantityText,
      inTransit: SignedQuantityText,
      inDispute: SignedQuantityText,
    }),
  ),
  discrepancies: z.array(
    z.object({
      discrepancyId: Id,
      transitLotId: Id,
      kind: z.enum(DISCREPANCY_KINDS),
      quantity: SignedQuantityText,
      note: z.string().nullable(),
      reportedBy: z.string(),
      reportedAt: Instant,
      resolution: z.enum(RESOLUTIONS).nullable(),
      resolutionNote: z.string().nullable(),
      resolvedBy: z.string().nullable(),
      resolvedAt: Instant.nullable(),
    }),
  ),
  commands: z.array(z.enum(['approve', 'issue', 'receive', 'resolve', 'cancel'])),
};

export const TransferView = z.object(TransferShape).meta({ id: 'StockTransfer' });

export const TransferReceived = z
  .object({
    ...TransferShape,
    /** How many rests owed to patients the stock completes now. */
    owedCompletable: z.int(),
    /** Which ones; empty for who may not read prescriptions. */
    owedFills: z.array(OwedFill),
  })
  .meta({ id: 'StockTransferReceived' });

export const InTransitQuery = z.strictObject({
  ...Paging,
  direction: z.enum(['in', 'out']).optional(),
  drugId: QueryId.optional(),
});

export const InTransitPage = pageOf(
  z.object({
    transitLotId: Id,
    transferId: Id,
    fromBranchId: Id,
    fromBranch: z.string(),
    toBranchId: Id,
    toBranch: z.string(),
    drugId: Id,
    drugName: z.string(),
    lotNumber: z.string(),
    expiryDate: DateText.nullable(),
    quantity: SignedQuantityText,
    value: MoneyText,
    issuedAt: Instant,
  }),
).meta({ id: 'InTransitPage' });
