import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { shareExactly } from '../exact-share.domain.js';
import { orderFigures, type OrderedLine } from './order-figures.domain.js';

const cents = (max: number) =>
  fc.integer({ min: 0, max }).map((n) => Money.ofThousandths(BigInt(n) * 10n).toString());
/** A cost such as "0.4875" in millionths. */
const millionths = (text: string): bigint => {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole + part.padEnd(6, '0'));
};
const percent = fc.integer({ min: 0, max: 10_000 }).map((n) => (n / 100).toFixed(2));
const line: fc.Arbitrary<OrderedLine> = fc.record({
  quantity: fc.integer({ min: 1, max: 5000 }).map(String),
  bonus: fc.integer({ min: 0, max: 500 }).map(String),
  unitBaseUnits: fc.constantFrom('1', '7', '10', '30', '100', '2.5'),
  price: cents(500_000),
  discountPercent: percent,
  taxRate: fc.constantFrom('0', '0.05', '0.14'),
});

describe('what an order costs', () => {
  it('adds up to the smallest unit: shares of discount and landed cost, nets, tax, total', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 30 }),
        percent,
        cents(1_000_000),
        fc.constantFrom(0, 2, 3),
        (lines, discountPercent, landed, decimals) => {
          const landedCost = Money.of(landed).share(Quantity.of('1'), Quantity.of('1'), decimals).toString();
          const figures = orderFigures(lines, { discountPercent, landedCost }, decimals);
          const sum = (key: 'net' | 'tax' | 'headerDiscount' | 'landedCost') =>
            Money.sum(figures.lines.map((each) => Money.of(each[key]))).toString();
          expect(sum('headerDiscount')).toBe(figures.discount);
          expect(sum('landedCost')).toBe(Money.of(landedCost).toString());
          expect(sum('net')).toBe(figures.netTotal);
          expect(sum('tax')).toBe(figures.taxTotal);
          const total = Money.sum([figures.netTotal, figures.taxTotal, figures.landedCost].map(Money.of));
          expect(figures.total).toBe(total.toString());
          for (const each of figures.lines) {
            const { net, gross, discount, headerDiscount } = each;
            expect(net).toBe(
              Money.of(gross).minus(Money.of(discount)).minus(Money.of(headerDiscount)).toString(),
            );
            expect(Money.of(net).isNegative()).toBe(false);
            // A base unit costs its share, free ones counted, to the millionth.
            const units = Quantity.of(each.quantityOrdered).plus(Quantity.of(each.quantityBonus)).thousandths;
            const cost = Money.of(net).plus(Money.of(each.landedCost)).thousandths;
            // Off by half a millionth of a unit at the most: |cost a unit − rounded| ≤ 0.0000005, in whole numbers.
            const off = 2n * (millionths(each.unitCost) * units - cost * 1_000_000n);
            expect((off < 0n ? -off : off) <= units).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shares any amount over any weights without losing a unit, and none is off by more than one', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 40 }),
        (thousandths, weights) => {
          const amount = Money.ofThousandths(thousandths * 10n);
          const shares = shareExactly(amount, weights, 2);
          expect(Money.sum(shares).compare(amount)).toBe(0);
          const sum = weights.reduce((a, b) => a + b, 0n);
          shares.forEach((share, index) => {
            expect(share.isNegative()).toBe(false);
            if (sum === 0n) return;
            const off = share.thousandths * sum - amount.thousandths * (weights[index] ?? 0n);
            expect((off < 0n ? -off : off) <= 10n * sum).toBe(true);
          });
        },
      ),
    );
  });

  it.each([
    ['12', '3', '30', '100.00', { quantityOrdered: '360', quantityBonus: '90', unitCost: '2.666667' }],
    ['1', '0', '20', '9.75', { quantityOrdered: '20', quantityBonus: '0', unitCost: '0.4875' }],
  ])('counts %s + %s packs of %s at %s', (quantity, bonus, unitBaseUnits, price, expected) => {
    const lines = [{ quantity, bonus, unitBaseUnits, price, taxRate: '0' }];
    expect(orderFigures(lines, { landedCost: '0' }, 2).lines[0]).toMatchObject(expected);
  });

  it('refuses a discount above what it is on, and a quantity that is no exact number of base units', () => {
    const one = { quantity: '1', bonus: '0', unitBaseUnits: '2.5', price: '10', taxRate: '0' };
    expect(() => orderFigures([], { landedCost: '0.01' }, 2)).toThrow(/there are none/);
    expect(() => orderFigures([{ ...one, discount: '10.01' }], { landedCost: '0' }, 2)).toThrow(/discount/);
    expect(() => orderFigures([one], { discount: '11', landedCost: '0' }, 2)).toThrow(/discount/);
    expect(() => orderFigures([{ ...one, quantity: '0.001' }], { landedCost: '0' }, 2)).toThrow(/exact/);
  });
});
