import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';
import { RECALL_CLASSES, RECALL_STATUSES } from './recalls.types.js';

export const OpenRecall = z
  .strictObject({
    drugId: Id,
    /** Without it, and without a serial: every lot of the product. */
    lotNumber: text(60).optional(),
    /** Serial of a pack: the lot it was scanned with, unless one is said. */
    serial: text(100).optional(),
    recallClass: z.enum(RECALL_CLASSES),
    reason: text(1000, 3),
    /** Number of the notice of the authority or the maker. */
    notice: text(200).optional(),
  })
  .meta({ id: 'OpenRecall' });

export const RecallQuery = z.strictObject({ ...Paging, status: z.enum(RECALL_STATUSES).optional() });

const HeadShape = {
  recallId: Id,
  drugId: Id,
  drugName: z.string(),
  baseUnit: z.string(),
  lotNumber: z.string().nullable(),
  serial: z.string().nullable(),
  recallClass: z.enum(RECALL_CLASSES),
  reason: z.string(),
  notice: z.string().nullable(),
  status: z.enum(RECALL_STATUSES),
  openedBy: z.string(),
  openedAt: Instant,
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  closeNote: z.string().nullable(),
  reopenedAt: Instant.nullable(),
  isApplied: z.boolean(),
  onShelf: SignedQuantityText,
};

export const RecallPage = pageOf(z.object(HeadShape)).meta({ id: 'RecallPage' });

export const RecallView = z
  .object({
    ...HeadShape,
    balance: z.object({
      received: SignedQuantityText,
      transferredIn: SignedQuantityText,
      transferredOut: SignedQuantityText,
      corrected: SignedQuantityText,
      onShelf: SignedQuantityText,
      inTransit: SignedQuantityText,
      handedOut: SignedQuantityText,
      cameBack: SignedQuantityText,
      withPatients: SignedQuantityText,
      destroyed: SignedQuantityText,
      /** On a shelf, in transit and with patients. */
      outstanding: SignedQuantityText,
    }),
    branches: z.array(z.object({ branchId: Id, name: z.string(), appliedAt: Instant })),
    /** At most 200, those with stock first. */
    lots: z.array(
      z.object({
        lotId: Id,
        branchId: Id,
        branchName: z.string(),
        lotNumber: z.string(),
        expiryDate: DateText.nullable(),
        status: z.string(),
        bin: z.string().nullable(),
        quantity: SignedQuantityText,
        /** True: it arrived after the recall. */
        isLate: z.boolean(),
      }),
    ),
    /** Fills that have some of it kept; they go no further. At most 200. */
    blockedFills: z.array(
      z.object({
        fillId: Id,
        branchId: Id,
        rxNumber: z.string(),
        status: z.string(),
        bin: z.string().nullable(),
        lotId: Id,
        lotNumber: z.string(),
        quantity: SignedQuantityText,
      }),
    ),
    /** At most 200. */
    transit: z.array(
      z.object({
        transitLotId: Id,
        transferId: Id,
        fromBranch: z.string(),
        toBranch: z.string(),
        lotNumber: z.string(),
        quantity: SignedQuantityText,
      }),
    ),
    contacts: z.int(),
    commands: z.array(z.enum(['apply', 'close', 'withdraw'])),
  })
  .meta({ id: 'Recall' });

export const ContactQuery = z.strictObject({
  format: z.enum(['json', 'csv']).default('json'),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, 'must be a cursor of an earlier answer')
    .transform(Number)
    .refine(Number.isSafeInteger, 'must be a cursor of an earlier answer')
    .optional(),
  limit: Paging.limit,
});

export const ContactPage = z
  .object({
    data: z.array(
      z.object({
        movementId: z.int(),
        branchId: Id,
        branchName: z.string(),
        handedOutAt: Instant,
        patientId: Id.nullable(),
        patientName: z.string().nullable(),
        patientNameAr: z.string().nullable(),
        phone: z.string().nullable(),
        isDeceased: z.boolean().nullable(),
        rxNumber: z.string().nullable(),
        fillId: Id.nullable(),
        saleNumber: z.string().nullable(),
        saleId: Id.nullable(),
        lotNumber: z.string(),
        quantity: SignedQuantityText,
        cameBack: SignedQuantityText,
        hadSerial: z.boolean(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'RecallContacts' });

export const CloseRecall = z.strictObject({ note: text(1000, 3) }).meta({ id: 'CloseRecall' });
export const WithdrawRecall = z.strictObject({ reason: text(1000, 3) }).meta({ id: 'WithdrawRecall' });
