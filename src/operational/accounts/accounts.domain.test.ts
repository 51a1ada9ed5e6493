import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { availableOf, paidAheadOf, requireCover, type Standing } from './accounts.domain.js';

const open = (creditLimit: string, balance: string): Standing => ({ status: 'open', creditLimit, balance });
const blocked = (creditLimit: string, balance: string): Standing => ({
  status: 'blocked',
  creditLimit,
  balance,
});
const judge = (standing: Standing, deposit: string, onAccount: string): unknown => {
  try {
    requireCover(standing, Money.of(deposit), Money.of(onAccount));
    return 'covered';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('the account of a customer', () => {
  it('has left what is between the limit and what is owed, and more where he paid ahead', () => {
    expect(availableOf(open('100', '30')).toString()).toBe('70.00');
    expect(availableOf(open('100', '-30')).toString()).toBe('130.00');
    expect(paidAheadOf({ balance: '-30' }).toString()).toBe('30.00');
    expect(paidAheadOf({ balance: '30' }).toString()).toBe('0.00');
  });

  it.each([
    [open('100', '30'), '0', '70', 'covered'],
    [open('100', '30'), '0', '70.01', 'credit-limit'],
    [open('0', '-50'), '50', '0', 'covered'],
    [open('100', '-50'), '50.01', '0', 'deposit-short'],
    [open('100', '-50'), '50', '100', 'covered'],
    [open('100', '-50'), '50', '100.01', 'credit-limit'],
    [open('100', '30'), '0.01', '0', 'deposit-short'],
    [blocked('100', '-50'), '1', '0', 'account-blocked'],
    [blocked('0', '0'), '0', '0', 'covered'],
  ])('covers a deposit and a charge, or says why not %#', (standing, deposit, onAccount, answer) => {
    expect(judge(standing, deposit, onAccount)).toBe(answer);
  });
});
