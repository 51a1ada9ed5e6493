import { z } from 'zod';

import {
  Id,
  Instant,
  pageOf,
  Paging,
  SignedMoneyText,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';
import { ADJUSTMENT_STATUSES, REASON_CODES } from './adjustments.types.js';

export const AdjustmentQuery = z.strictObject({ ...Paging, status: z.enum(ADJUSTMENT_STATUSES).optional() });

export const CloseAdjustment = z.strictObject({ note: text(500).optional() }).meta({ id: 'CloseAdjustment' });

export const AdjustmentView = z
  .object({
    adjustmentId: Id,
    lotId: Id,
    lotNumber: z.string(),
    drugId: Id,
    drugName: z.string(),
    baseUnit: z.string(),
    quantity: SignedQuantityText,
    /** At cost. */
    value: SignedMoneyText,
    reasonCode: z.enum(REASON_CODES),
    reason: z.string(),
    correctsMovementId: z.int().nullable(),
    status: z.enum(ADJUSTMENT_STATUSES),
    /** The lot may not leave to a patient. */
    isSetAside: z.boolean(),
    requestedById: Id,
    requestedBy: z.string(),
    requestedAt: Instant,
    closedBy: z.string().nullable(),
    closedAt: Instant.nullable(),
    closeNote: z.string().nullable(),
    movementId: z.int().nullable(),
  })
  .meta({ id: 'Adjustment' });

export const AdjustmentPage = pageOf(AdjustmentView).meta({ id: 'AdjustmentPage' });
