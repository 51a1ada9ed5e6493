// What an exchange gives and takes, for any amounts: nothing is made, nothing is lost, nothing beyond what was paid.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { settle, type Tender } from './basket.domain.js';
import { settleExchange } from './exchange.domain.js';

const cents = (max: number) => fc.integer({ min: 0, max }).map((n) => Money.ofThousandths(BigInt(n) * 10n));
const step = fc.constantFrom('0', '0.05', '0.25', '1').map((text) => Money.of(text));

describe('an exchange', () => {
  it('pays with what came back at most what is owed, and pays out multiples of the step within what was paid', () => {
    fc.assert(
      fc.property(
        cents(100_000),
        cents(100_000),
        fc.boolean(),
        cents(100_000),
        step,
        (worth, left, isLast, due, by) => {
          const { exchanged, paidOut } = settleExchange({ worth, left, isLast, due, step: by });
          expect(exchanged.compare(due)).toBeLessThanOrEqual(0);
          expect(exchanged.isNegative() || paidOut.isNegative()).toBe(false);
          expect(exchanged.plus(paidOut).compare(left)).toBeLessThanOrEqual(0);
          expect(paidOut.roundedTo(by).compare(paidOut)).toBe(0);
          if (!paidOut.isZero()) expect(exchanged.compare(due)).toBe(0);
          const credit = isLast || left.compare(worth) < 0 ? left : worth;
          // Never off by more than a step.
          const off = exchanged.plus(paidOut).minus(credit);
          const bound = by.isZero() ? Money.zero : by;
          expect(off.compare(bound)).toBeLessThanOrEqual(0);
          expect(off.negated().compare(bound)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });

  it('and the sale it pays for add up: total = tenders less change, the cash rounded and the credit not', () => {
    fc.assert(
      fc.property(cents(50_000), cents(50_000), step, (due, credit, by) => {
        const used = credit.compare(due) < 0 ? credit : due;
        const line = {
          ...{ drugId: 1, fillId: null, description: '', unit: 'unit' as const },
          ...{ amount: due, discount: Money.zero, lineTotal: due, packPrice: due },
        } as unknown as Parameters<typeof settle>[0][number];
        const tenders: Tender[] = [
          ...(used.isZero() ? [] : [{ method: 'exchange' as const, amount: used.toString() }]),
          { method: 'cash', amount: '1000.00' },
        ];
        const basket = settle([line], tenders, { currencyDecimals: 2, cashRounding: by, anyDiscount: false });
        const net = Money.sum(basket.payments.map(({ amount, change }) => amount.minus(change)));
        expect(net.compare(basket.total)).toBe(0);
        expect(basket.total.compare(due.plus(basket.rounding))).toBe(0);
        const cash = basket.total.minus(used);
        expect(cash.roundedTo(by).compare(cash)).toBe(0);
      }),
    );
  });
});
