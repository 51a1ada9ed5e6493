import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import {
  checkRefunds,
  refundOfLine,
  refundToOriginalTenders,
  refundTotal,
  type SoldLine,
  type TenderBalance,
} from './refund.domain.js';

/** Three tablets sold for 10.00. */
const line: SoldLine = {
  saleItemId: 7,
  quantity: '3',
  amount: '10.00',
  discount: '0',
  returnedQuantity: '0',
  returnedAmount: '0',
  returnedDiscount: '0',
};
const split: TenderBalance[] = [
  { method: 'card', paid: '6.00', refunded: '0' },
  { method: 'cash', paid: '4.00', refunded: '1.00' },
];
const one = Quantity.of('1');
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('the part of a line that goes back', () => {
  it('is its share, and the last return takes the remainder', () => {
    expect(refundOfLine(line, one, 2).amount.toString()).toBe('3.33');
    const second = { ...line, returnedQuantity: '1', returnedAmount: '3.33' };
    expect(refundOfLine(second, one, 2).amount.toString()).toBe('3.34');
    const third = { ...line, returnedQuantity: '2', returnedAmount: '6.67' };
    expect(refundOfLine(third, one, 2).amount.toString()).toBe('3.33');
  });

  it('is never more than is left', () => {
    const two = { ...line, returnedQuantity: '2', returnedAmount: '6.67' };
    expect(codeOf(() => refundOfLine(two, Quantity.of('1.001'), 2))).toBe('returned-more-than-sold');
  });

  it('never has a discount above its amount, nor leaves one', () => {
    const penny = { ...line, quantity: '4', amount: '0.03', discount: '0.02' };
    const third = {
      ...penny,
      returnedQuantity: '2',
      returnedAmount: '0.02',
      returnedDiscount: '0.01',
    };
    const refund = refundOfLine(third, one, 2);
    expect(refund.amount.toString()).toBe('0.00');
    expect(refund.discount.toString()).toBe('0.00');
  });
});

describe('the refund', () => {
  const options = { isLast: false, inCashAlone: true, cashRounding: Money.of('0.25') };

  it('is rounded to the cash step in cash alone', () => {
    expect(refundTotal(Money.of('3.33'), split, options).toString()).toBe('3.25');
    expect(refundTotal(Money.of('3.33'), split, { ...options, inCashAlone: false }).toString()).toBe('3.33');
  });

  it('is what is left of what was paid when the last unit comes back, and never more before', () => {
    expect(refundTotal(Money.of('9.10'), split, { ...options, isLast: true }).toString()).toBe('9.00');
    expect(refundTotal(Money.of('9.10'), split, options).toString()).toBe('9.00');
  });

  it('goes to the original tenders, in their order, less what they got back before', () => {
    const payments = refundToOriginalTenders(Money.of('5.00'), split);
    expect(payments.map(({ method, amount }) => `${method} ${amount.toString()}`)).toEqual([
      'cash 3.00',
      'card 2.00',
    ]);
    expect(codeOf(() => refundToOriginalTenders(Money.of('9.01'), split))).toBe('refund-mismatch');
  });

  it('chosen by the seller adds up, and gives no card more than it paid', () => {
    const cash = (amount: string) => ({ method: 'cash' as const, amount: Money.of(amount) });
    const card = (amount: string) => ({ method: 'card' as const, amount: Money.of(amount) });
    const total = Money.of('7.00');
    expect(codeOf(() => checkRefunds([cash('7')], total, split))).toBe('allowed');
    expect(codeOf(() => checkRefunds([card('6'), cash('1')], total, split))).toBe('allowed');
    expect(codeOf(() => checkRefunds([card('6.01'), cash('0.99')], total, split))).toBe('refund-mismatch');
    expect(codeOf(() => checkRefunds([cash('6.99')], total, split))).toBe('refund-mismatch');
  });

  it('makes less of what is owed before money is handed out, and gives points back last', () => {
    const mixed: TenderBalance[] = [
      { method: 'points', paid: '2.00', refunded: '0' },
      { method: 'deposit', paid: '3.00', refunded: '0' },
      { method: 'cash', paid: '4.00', refunded: '0' },
      { method: 'account', paid: '5.00', refunded: '0' },
    ];
    const shown = (total: string) =>
      refundToOriginalTenders(Money.of(total), mixed).map(
        ({ method, amount }) => `${method} ${amount.toString()}`,
      );
    expect(shown('4.00')).toEqual(['account 4.00']);
    expect(shown('14.00')).toEqual(['account 5.00', 'cash 4.00', 'deposit 3.00', 'points 2.00']);
  });

  it('never hands out cash for what was bought on account, with a deposit or with points', () => {
    const [account, deposit, points] = (['account', 'deposit', 'points'] as const).map(
      (method): TenderBalance[] => [
        { method, paid: '10.00', refunded: '0' },
        { method: 'card', paid: '5.00', refunded: '0' },
      ],
    );
    const cash = (amount: string) => [{ method: 'cash' as const, amount: Money.of(amount) }];
    for (const balances of [account, deposit, points]) {
      expect(codeOf(() => checkRefunds(cash('5.00'), Money.of('5.00'), balances ?? []))).toBe('allowed');
      expect(codeOf(() => checkRefunds(cash('5.01'), Money.of('5.01'), balances ?? []))).toBe(
        'refund-mismatch',
      );
    }
  });
});
