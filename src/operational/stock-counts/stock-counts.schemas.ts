import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  PageMeta,
  Paging,
  QueryFlag,
  QueryId,
  SignedMoneyText,
  SignedQuantityText,
  text,
} from '../../platform/http/schemas.js';
import { COUNT_SCOPES, COUNT_STATUSES } from './stock-counts.types.js';

const Share = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'must be a share such as "0.05"');
const CycleDays = z.int().min(1).max(1000);
const AbcClass = z.enum(['A', 'B', 'C']);
const Counted = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "30"');
const UnitCost = z.string().regex(/^\d{1,11}(\.\d{1,6})?$/, 'must be a cost such as "0.4875"');
const Command = z.enum(['enter', 'recount', 'submit', 'approve', 'cancel']);

export const StockPolicyView = z
  .object({
    cycleDaysA: z.int(),
    cycleDaysB: z.int(),
    cycleDaysC: z.int(),
    recountShare: Share,
    recountValue: MoneyText.nullable(),
    /** A correction worth more than this at cost is approved by another person. */
    adjustmentLimit: MoneyText.nullable(),
    version: z.int(),
  })
  .meta({ id: 'StockPolicy' });

export const UpdateStockPolicy = z
  .strictObject({
    /** As read; 0 where nobody has set it. */
    version: z.int().min(0),
    cycleDaysA: CycleDays.optional(),
    cycleDaysB: CycleDays.optional(),
    cycleDaysC: CycleDays.optional(),
    recountShare: Share.optional(),
    recountValue: MoneyText.nullable().optional(),
    adjustmentLimit: MoneyText.nullable().optional(),
  })
  .meta({ id: 'UpdateStockPolicy' });

export const CyclePlanQuery = z.strictObject({
  ...Paging,
  abcClass: AbcClass.optional(),
  due: QueryFlag.optional(),
});

export const CyclePlanPage = pageOf(
  z.object({
    drugId: Id,
    drugName: z.string(),
    abcClass: AbcClass,
    /** What left to patients in the last 365 days, at cost. */
    consumptionValue: MoneyText,
    lots: z.int(),
    lastCountedOn: DateText.nullable(),
    isDue: z.boolean(),
  }),
).meta({ id: 'CountCyclePlanPage' });

export const CountQuery = z.strictObject({ ...Paging, status: z.enum(COUNT_STATUSES).optional() });

export const StartCount = z
  .discriminatedUnion('scope', [
    z.strictObject({ scope: z.literal('all'), note: text(500).optional() }),
    z.strictObject({ scope: z.literal('bin'), bin: text(40), note: text(500).optional() }),
    z.strictObject({
      scope: z.literal('drugs'),
      drugIds: z.array(Id).min(1).max(500),
      note: text(500).optional(),
    }),
    z.strictObject({ scope: z.literal('abc'), abcClass: AbcClass, note: text(500).optional() }),
  ])
  .meta({ id: 'StartStockCount' });

const CountShape = {
  countId: Id,
  scope: z.enum(COUNT_SCOPES),
  bin: z.string().nullable(),
  abcClass: AbcClass.nullable(),
  status: z.enum(COUNT_STATUSES),
  recountShare: Share,
  recountValue: MoneyText.nullable(),
  note: z.string().nullable(),
  startedBy: z.string(),
  startedAt: Instant,
  submittedBy: z.string().nullable(),
  submittedAt: Instant.nullable(),
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  closeNote: z.string().nullable(),
  lines: z.int(),
  counted: z.int(),
  left: z.int(),
  toRecount: z.int(),
  found: z.int(),
  /** Told to who approves, once the count is handed in. */
  differing: z.int().nullable(),
  differenceValue: SignedMoneyText.nullable(),
  commands: z.array(Command),
};

export const CountView = z.object(CountShape).meta({ id: 'StockCount' });
export const CountPage = pageOf(CountView).meta({ id: 'StockCountPage' });

export const LineQuery = z.strictObject({
  ...Paging,
  /** open: not counted yet; recount: to be counted once more; difference: for who approves. */
  state: z.enum(['open', 'counted', 'recount', 'found', 'left', 'difference']).optional(),
  drugId: QueryId.optional(),
});

export const CountWithLines = z
  .object({
    ...CountShape,
    page: z.object({
      data: z.array(
        z.object({
          countLineId: Id,
          lotId: Id,
          drugId: Id,
          drugName: z.string(),
          baseUnit: z.string(),
          lotNumber: z.string(),
          expiryDate: DateText.nullable(),
          lotStatus: z.string(),
          bin: z.string().nullable(),
          isFound: z.boolean(),
          isLeft: z.boolean(),
          entries: z.int(),
          counted: SignedQuantityText.nullable(),
          countedBy: z.string().nullable(),
          countedAt: Instant.nullable(),
          mustRecount: z.boolean(),
          expected: SignedQuantityText.nullable(),
          difference: SignedQuantityText.nullable(),
          differenceValue: SignedMoneyText.nullable(),
          movementId: z.int().nullable(),
        }),
      ),
      meta: PageMeta,
    }),
  })
  .meta({ id: 'StockCountWithLines' });

const CountedLot = z.strictObject({ lotId: Id, counted: Counted });
const CountedPack = z.strictObject({
  /** As scanned; lot and expiry are taken from it where it says them. */
  code: text(200),
  lotNumber: text(60).optional(),
  /** null: none stated. */
  expiryDate: DateText.nullable().optional(),
  counted: Counted,
  /** For a lot the book does not know; otherwise that of the last lot of the product. */
  unitCost: UnitCost.optional(),
});
const CountedProduct = z.strictObject({
  drugId: Id,
  lotNumber: text(60),
  expiryDate: DateText.nullable().optional(),
  counted: Counted,
  unitCost: UnitCost.optional(),
});

export const EnterCounts = z
  .strictObject({
    items: z
      .array(z.union([CountedLot, CountedPack, CountedProduct]))
      .min(1)
      .max(200),
  })
  .meta({ id: 'EnterStockCounts' });

export const CountsEntered = z
  .object({
    lines: z.array(
      z.object({
        countLineId: Id,
        lotId: Id,
        entryNo: z.int(),
        counted: SignedQuantityText,
        mustRecount: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'StockCountsEntered' });

export const AskRecount = z
  .strictObject({
    /** Without: every line that differs by more than the limit. */
    countLineIds: z.array(Id).min(1).max(500).optional(),
  })
  .meta({ id: 'AskStockRecount' });

export const SubmitCount = z
  .strictObject({
    /** True: what was not counted stays as the book has it; otherwise everything must be counted. */
    leaveUncounted: z.boolean().default(false),
  })
  .meta({ id: 'SubmitStockCount' });

export const ApproveCount = z.strictObject({ note: text(500).optional() }).meta({ id: 'ApproveStockCount' });
export const CancelCount = z.strictObject({ reason: text(500) }).meta({ id: 'CancelStockCount' });
