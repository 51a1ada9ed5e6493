// However a sale was paid and in whatever parts it comes back, each tender has in the end exactly what it gave.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import type { TenderMethod } from './basket.domain.js';
import { checkRefunds, refundToOriginalTenders, type TenderBalance } from './refund.domain.js';

const METHODS: readonly TenderMethod[] = ['cash', 'card', 'mobile', 'account', 'deposit', 'points'];

describe('refunds to the original tenders', () => {
  it('give each tender exactly what it paid, and are refunds a seller might choose', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...METHODS), fc.bigInt({ min: 1n, max: 1_000_000n })), {
          minLength: 1,
          maxLength: 6,
          selector: ([method]) => method,
        }),
        fc.array(fc.bigInt({ min: 1n, max: 400_000n }), { maxLength: 8 }),
        (paid, parts) => {
          let balances = paid.map(([method, amount]): TenderBalance => ({
            method,
            paid: Money.ofThousandths(amount).toString(),
            refunded: '0',
          }));
          let left = paid.reduce((sum, [, amount]) => sum + amount, 0n);
          for (const part of [...parts, left]) {
            const total = part < left ? part : left;
            const refunds = refundToOriginalTenders(Money.ofThousandths(total), balances);
            expect(Money.sum(refunds.map((refund) => refund.amount)).thousandths).toBe(total);
            checkRefunds(refunds, Money.ofThousandths(total), balances);
            balances = balances.map((balance) => {
              const back = refunds.filter(({ method }) => method === balance.method);
              const refunded = Money.sum([Money.of(balance.refunded), ...back.map((one) => one.amount)]);
              expect(refunded.compare(Money.of(balance.paid))).toBeLessThanOrEqual(0);
              return { ...balance, refunded: refunded.toString() };
            });
            left -= total;
          }
          for (const balance of balances) expect(balance.refunded).toBe(balance.paid);
        },
      ),
    );
  });
});
