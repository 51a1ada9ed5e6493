import { z } from 'zod';

import { DateText, Id, Instant, MoneyText, pageOf, Paging } from '../../platform/http/schemas.js';

const PositiveMoney = MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero');

const rule = {
  /** False: none are earned and none are spent; those there are stay. */
  isActive: z.boolean(),
  /** Money spent that earns one point. */
  amountPerPoint: PositiveMoney,
  /** What one point pays. */
  pointValue: PositiveMoney,
  /** Fewest points spent at once. */
  minimumPoints: z.int().min(0).max(1_000_000),
  /** Months a point lives; null: for good. */
  expiryMonths: z.int().min(1).max(120).nullable(),
  /** True: what the patient pays of prescriptions earns too. */
  earnsOnPrescriptions: z.boolean(),
};

export const WriteLoyaltyRule = z
  .strictObject({
    /** 0: there is none yet. */
    version: z.int().min(0),
    ...rule,
  })
  .meta({ id: 'WriteLoyaltyRule' });

export const LoyaltyRuleView = z
  .object({
    /** Null: points were never set up at this branch. */
    rule: z.object({ ...rule, version: z.int() }).nullable(),
  })
  .meta({ id: 'LoyaltyRule' });

export const PointsQuery = z.strictObject({ ...Paging });

export const PointsPage = pageOf(
  z.object({
    pointsEntryId: Id,
    kind: z.enum(['earn', 'redeem', 'take_back', 'give_back', 'expire']),
    /** What the balance changed by. */
    points: z.int(),
    /** Positive: to be taken back and not there any more; negative: kept back for such. */
    missing: z.int(),
    balanceAfter: z.int(),
    saleId: Id.nullable(),
    saleNumber: z.string().nullable(),
    /** Last day they can be spent. */
    expiresOn: DateText.nullable(),
    businessDate: DateText,
    enteredAt: Instant,
  }),
).meta({ id: 'PointsEntryPage' });

export type PointsRow = z.output<typeof PointsPage>['data'][number];
export type StoredRule = NonNullable<z.output<typeof LoyaltyRuleView>['rule']>;
