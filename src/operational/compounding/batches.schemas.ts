import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  pageOf,
  Paging,
  QuantityText,
  QueryId,
  text,
} from '../../platform/http/schemas.js';
import {
  BYPASS_REASONS,
  FilledView,
  FillPrescription,
  packFields,
} from '../prescriptions/shared-schemas.types.js';
import { BATCH_COMMANDS } from './batch-status.domain.js';
import { BATCH_STATUSES } from './compounding.types.js';

const Status = z.enum(BATCH_STATUSES);

export const BatchQuery = z.strictObject({
  status: Status.optional(),
  formulaId: QueryId.optional(),
  prescriptionId: QueryId.optional(),
  /** Batches that hold of this lot, also through a preparation made of it. */
  ingredientLotId: QueryId.optional(),
  ...Paging,
});

export const StartBatch = z
  .strictObject({
    formulaId: Id,
    /** Base units of the preparation. */
    quantity: QuantityText,
    /** Made for this prescription; nobody else is given of it. */
    prescriptionId: Id.optional(),
  })
  .meta({ id: 'StartCompoundBatch' });
export type StartBatch = z.output<typeof StartBatch>;

const { code, ...readFromPack } = packFields;

export const WeighItem = z
  .strictObject({
    batchItemId: Id,
    code: code.optional(),
    ...readFromPack,
    /** Instead of a code: why there is none. */
    bypass: z.strictObject({ reason: z.enum(BYPASS_REASONS), note: text(500, 0) }).optional(),
    quantity: QuantityText,
    /** What was lost in weighing. */
    waste: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "0.2"')
      .default('0'),
  })
  .refine((given) => (given.code === undefined) !== (given.bypass === undefined), {
    path: ['code'],
    message: 'needs a code, or why there is none',
  })
  .meta({ id: 'WeighCompoundItem' });
export type WeighItem = z.output<typeof WeighItem>;

/** The pack in hand, before it is weighed. */
export const ScanItem = z
  .strictObject({ batchItemId: Id, code, ...readFromPack })
  .meta({ id: 'ScanCompoundItem' });
export type ScanItem = z.output<typeof ScanItem>;

/** It is of the product and lot of the item. */
export const ItemScanned = z
  .object({ batchItemId: Id, lotNumber: z.string() })
  .meta({ id: 'CompoundItemScanned' });
export type ItemScanned = z.output<typeof ItemScanned>;

/** The last day of use as the formula and the lots have it, unless an earlier one is said. */
export const MakeBatch = z
  .strictObject({ beyondUseDate: DateText.optional() })
  .default({})
  .meta({ id: 'MakeCompoundBatch' });

/** A batch for a prescription is released with its fill. */
export const ReleaseBatch = z
  .strictObject({ fill: FillPrescription.optional() })
  .default({})
  .meta({ id: 'ReleaseCompoundBatch' });
export type ReleaseBatch = z.output<typeof ReleaseBatch>;

export const DiscardBatch = z
  .strictObject({
    reason: text(400),
    /** True: what was weighed goes back unmixed; only before the batch is made. Otherwise it is written off. */
    weighedBack: z.boolean().default(false),
    /** Signature of a second person, where controlled ingredients are written off. */
    witness: text(200).optional(),
  })
  .meta({ id: 'DiscardCompoundBatch' });
export type DiscardBatch = z.output<typeof DiscardBatch>;

const FillOfBatch = z.object({
  fillId: Id,
  prescriptionId: Id,
  rxNumber: z.string(),
  quantity: z.string(),
  status: z.string(),
});

const summary = {
  batchId: Id,
  /** Also the number of the lot it becomes. */
  batchNumber: z.string(),
  formulaId: Id,
  formulaVersion: z.int(),
  drugId: Id,
  drugName: z.string(),
  drugNameAr: z.string().nullable(),
  baseUnit: z.string(),
  quantity: z.string(),
  prescriptionId: Id.nullable(),
  rxNumber: z.string().nullable(),
  status: Status,
  /** What is possible now. */
  commands: z.array(z.enum(BATCH_COMMANDS)),
  startedByName: z.string().nullable(),
  startedAt: Instant,
  beyondUseDate: z.string().nullable(),
  lotId: Id.nullable(),
  /** Fills given, or kept, of it. */
  fills: z.array(FillOfBatch),
  version: z.int(),
};

const BatchSummary = z.object(summary).meta({ id: 'CompoundBatchSummary' });
export const BatchPage = pageOf(BatchSummary).meta({ id: 'CompoundBatchPage' });
export type BatchSummary = Omit<z.output<typeof BatchSummary>, 'startedAt'> & { startedAt: Date };

const view = {
  ...summary,
  /** Another person than the maker releases it. */
  needsSecondPerson: z.boolean(),
  madeById: Id.nullable(),
  madeByName: z.string().nullable(),
  madeAt: Instant.nullable(),
  checkedByName: z.string().nullable(),
  releasedAt: Instant.nullable(),
  discardReason: z.string().nullable(),
  discardedByName: z.string().nullable(),
  discardedAt: Instant.nullable(),
  method: z.string(),
  storage: z.enum(['room', 'refrigerate', 'freeze']),
  hazardous: z.boolean(),
  tolerancePercent: z.string(),
  items: z.array(
    z.object({
      batchItemId: Id,
      position: z.int(),
      drugId: Id,
      drugName: z.string(),
      drugNameAr: z.string().nullable(),
      baseUnit: z.string(),
      lotId: Id,
      lotNumber: z.string(),
      expiryDate: z.string().nullable(),
      /** False: expired or set aside since; the batch is not released with it. */
      isUsable: z.boolean(),
      quantityPlanned: z.string(),
      /** Null: not weighed yet. */
      quantityUsed: z.string().nullable(),
      waste: z.string(),
      isBypassed: z.boolean(),
      weighedByName: z.string().nullable(),
      weighedAt: z.string().nullable(),
      /** The movement that took it, or wrote it off. */
      movementId: z.int().nullable(),
    }),
  ),
  events: z.array(
    z.object({
      fromStatus: Status.nullable(),
      toStatus: Status,
      reason: z.string().nullable(),
      userName: z.string().nullable(),
      occurredAt: z.string(),
    }),
  ),
};

export const BatchView = z.object(view).meta({ id: 'CompoundBatch' });
export type BatchView = Omit<
  z.output<typeof BatchView>,
  'startedAt' | 'madeAt' | 'releasedAt' | 'discardedAt'
> & { startedAt: Date; madeAt: Date | null; releasedAt: Date | null; discardedAt: Date | null };

export const BatchReleased = z
  .object({ batch: BatchView, fill: FilledView.nullable() })
  .meta({ id: 'CompoundBatchReleased' });
export interface BatchReleased {
  readonly batch: BatchView;
  readonly fill: z.output<typeof FilledView> | null;
}

export const WorksheetQuery = z.strictObject({ lang: z.enum(['en', 'ar']).default('en') });
