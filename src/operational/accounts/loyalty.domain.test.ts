import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import {
  earningBase,
  pointsEarned,
  pointsToGiveBack,
  pointsToSpend,
  pointsToTakeBack,
  worth,
  type LoyaltyRule,
} from './loyalty.domain.js';

const rule: LoyaltyRule = {
  isActive: true,
  amountPerPoint: '10.00',
  pointValue: '0.25',
  minimumPoints: 20,
  earnsOnPrescriptions: false,
};
const purchase = {
  overTheCounter: Money.of('95.00'),
  prescriptions: Money.of('100.00'),
  insured: Money.of('60.00'),
  withPoints: Money.of('5.00'),
};
const spend = (amount: string, by: LoyaltyRule | undefined = rule): unknown => {
  try {
    return pointsToSpend(Money.of(amount), by);
  } catch (error) {
    return error instanceof Error && 'params' in error ? error.params : error;
  }
};

describe('points', () => {
  it('are earned on what the customer pays himself and not with points, whole ones only', () => {
    expect(earningBase(purchase, false).toString()).toBe('90.00');
    expect(pointsEarned(earningBase(purchase, false), '10.00')).toBe(9);
    expect(pointsEarned(Money.of('9.99'), '10.00')).toBe(0);
  });

  it('are earned on prescriptions where the rule has it, less what a payer bears', () => {
    expect(earningBase(purchase, true).toString()).toBe('130.00');
    const borne = { ...purchase, insured: Money.of('100.00'), overTheCounter: Money.zero };
    expect(earningBase(borne, true).toString()).toBe('0.00');
  });

  it('pay whole numbers of them, from the minimum on, where they are in force', () => {
    expect(spend('5.00')).toBe(20);
    expect(spend('5.10')).toMatchObject({ reason: 'not-whole', pointValue: '0.25' });
    expect(spend('4.75')).toMatchObject({ reason: 'minimum', minimumPoints: 20 });
    expect(spend('5.00', { ...rule, isActive: false })).toMatchObject({ reason: 'inactive' });
    expect(worth(20, '0.25').toString()).toBe('5.00');
  });

  it('come back with a return in proportion, the last with the last of what they paid', () => {
    const spent = { points: 20, money: Money.of('5.00'), pointsGivenBack: 0, moneyGivenBack: Money.zero };
    expect(pointsToGiveBack(spent, Money.of('1.30'))).toBe(5);
    expect(pointsToGiveBack(spent, Money.zero)).toBe(0);
    const rest = { ...spent, pointsGivenBack: 5, moneyGivenBack: Money.of('1.30') };
    expect(pointsToGiveBack(rest, Money.of('3.70'))).toBe(15);
  });

  it('are taken back down to what the rest would have earned', () => {
    const earned = { points: 9, takenBack: 0, amountPerPoint: '10.00' };
    expect(pointsToTakeBack(earned, Money.of('90.00'))).toBe(0);
    expect(pointsToTakeBack(earned, Money.of('59.99'))).toBe(4);
    expect(pointsToTakeBack({ ...earned, takenBack: 4 }, Money.zero)).toBe(5);
  });

  it('are never taken back twice, nor added by a return', () => {
    expect(pointsToTakeBack({ points: 9, takenBack: 9, amountPerPoint: '10.00' }, Money.of('50.00'))).toBe(0);
  });
});
