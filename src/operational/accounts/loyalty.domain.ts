import { Money } from '../../platform/money/money.js';
import { PointsNotRedeemable } from './account-refusals.domain.js';

/** How points are earned and spent at a branch. Amounts are decimal strings. */
export interface LoyaltyRule {
  readonly isActive: boolean;
  /** Money spent that earns one point, more than zero. */
  readonly amountPerPoint: string;
  /** What one point pays, more than zero. */
  readonly pointValue: string;
  /** Fewest points spent at once. */
  readonly minimumPoints: number;
  readonly earnsOnPrescriptions: boolean;
}

/** What is bought and how it is paid, as far as points go by it. */
export interface Purchase {
  readonly overTheCounter: Money;
  readonly prescriptions: Money;
  /** Borne by payers of prescriptions. */
  readonly insured: Money;
  /** Paid with points. */
  readonly withPoints: Money;
}

const notBelowZero = (amount: Money): Money => (amount.isNegative() ? Money.zero : amount);

/**
 * The money of a purchase that earns: what the customer pays himself and not with points; prescriptions where the rule has them.
 * Never less than zero, and never more after a part of the purchase came back.
 */
export function earningBase(purchase: Purchase, earnsOnPrescriptions: boolean): Money {
  const prescriptions = earnsOnPrescriptions
    ? notBelowZero(purchase.prescriptions.minus(purchase.insured))
    : Money.zero;
  return notBelowZero(purchase.overTheCounter.plus(prescriptions).minus(purchase.withPoints));
}

/** Whole points of an amount: a part of a point is not earned. */
export const pointsEarned = (base: Money, amountPerPoint: string): number =>
  Number(base.thousandths / Money.of(amountPerPoint).thousandths);

/**
 * Points that pay an amount exactly. Throws PointsNotRedeemable where the rule is not in force, the amount is no whole number of
 * points, or fewer than the minimum.
 */
export function pointsToSpend(amount: Money, rule: LoyaltyRule | undefined): number {
  if (!rule?.isActive) throw new PointsNotRedeemable('inactive');
  const value = Money.of(rule.pointValue);
  if (amount.thousandths % value.thousandths !== 0n)
    throw new PointsNotRedeemable('not-whole', { pointValue: value.toString() });
  const points = Number(amount.thousandths / value.thousandths);
  if (points < rule.minimumPoints)
    throw new PointsNotRedeemable('minimum', { minimumPoints: rule.minimumPoints });
  return points;
}

/** What so many points pay. */
export const worth = (points: number, pointValue: string): Money =>
  Money.ofThousandths(BigInt(points) * Money.of(pointValue).thousandths);

/** Points a sale was paid with, and what of them was given back before. */
export interface Spent {
  readonly points: number;
  readonly money: Money;
  readonly pointsGivenBack: number;
  readonly moneyGivenBack: Money;
}

/**
 * Points that go back with `money` more of a sale. Shares are taken cumulatively and rounded down, so that however a sale is brought
 * back, the return that gives back the last of what points paid gives back the last of the points.
 */
export function pointsToGiveBack(spent: Spent, money: Money): number {
  if (money.isZero()) return 0;
  const upTo = spent.moneyGivenBack.plus(money);
  return Number((BigInt(spent.points) * upTo.thousandths) / spent.money.thousandths) - spent.pointsGivenBack;
}

/** Points a sale earned that it would not have earned without what came back of it, beyond those taken back before. */
export function pointsToTakeBack(
  earned: { readonly points: number; readonly takenBack: number; readonly amountPerPoint: string },
  baseLeft: Money,
): number {
  return Math.max(0, earned.points - earned.takenBack - pointsEarned(baseLeft, earned.amountPerPoint));
}
