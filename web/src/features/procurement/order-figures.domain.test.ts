import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderFigures } from '../../../../src/operational/procurement/orders/order-figures.domain.js';
import { formatMoney } from '../../ui/money.domain';
import { discountOf, liveFigures, percentOf, rateOf } from './order-figures.domain';

const cents = (max: number) =>
  fc.integer({ min: 0, max }).map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
const discount = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 0, max: 10_000 }).map((n) => `${(n / 100).toFixed(2)}%`),
  cents(50_000),
);
const line = fc.record({
  quantity: fc.integer({ min: 1, max: 50_000 }).map((n) => String(n / 10)),
  price: cents(500_000),
  discount,
  tax: fc.constantFrom('', '5', '14', '12.5', '100'),
});

describe('what an order comes to while it is written', () => {
  it('is what the server says, to the smallest unit', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        discount,
        cents(100_000),
        fc.constantFrom(0, 2, 3),
        (lines, orderDiscount, landedCost, decimals) => {
          const live = liveFigures(lines, { discount: orderDiscount, landedCost }, decimals);
          const ordered = lines.map((one) => ({
            quantity: one.quantity,
            bonus: '0',
            unitBaseUnits: '10',
            price: one.price,
            taxRate: rateOf(one.tax) ?? '0',
            ...discountOf(one.discount),
          }));
          const server = () => orderFigures(ordered, { ...discountOf(orderDiscount), landedCost }, decimals);
          if (!live) {
            expect(server).toThrow();
            return;
          }
          const said = server();
          expect(live.nets.map(formatMoney)).toEqual(said.lines.map(({ net }) => net));
          expect([live.net, live.tax, live.landed, live.total].map(formatMoney)).toEqual([
            said.netTotal,
            said.taxTotal,
            said.landedCost,
            said.total,
          ]);
        },
      ),
      { numRuns: 300, examples: [[[], '', '0.01', 3]] },
    );
  });

  it('is not known while a number cannot be read', () => {
    const typed = { quantity: '1', price: '2', discount: '', tax: '' };
    const order = { discount: '', landedCost: '' };
    expect(liveFigures([typed], order, 2)?.total).toBe(2000n);
    for (const change of [
      { quantity: '' },
      { price: 'x' },
      { tax: '101' },
      { discount: '3' },
      { discount: '%' },
    ])
      expect(liveFigures([{ ...typed, ...change }], order, 2), JSON.stringify(change)).toBeUndefined();
    expect(liveFigures([typed], { ...order, discount: '2.01' }, 2)).toBeUndefined();
  });
});

describe('percentages', () => {
  it('are rates on the wire, and come back as typed', () => {
    expect(['14', '12.5', '100', '', '0', '0.25'].map(rateOf)).toEqual([
      '0.14',
      '0.125',
      '1',
      '0',
      '0',
      '0.0025',
    ]);
    expect(['100.01', '-1', '1.234', 'x'].map(rateOf)).toEqual([undefined, undefined, undefined, undefined]);
    expect(['0.14', '0.125', '1', '0', '0.0025'].map(percentOf)).toEqual(['14', '12.5', '100', '0', '0.25']);
  });

  it('tell a discount from an amount', () => {
    expect(discountOf('5%')).toEqual({ discountPercent: '5' });
    expect(discountOf('5')).toEqual({ discount: '5' });
    expect(discountOf('')).toEqual({});
    expect(discountOf('101%')).toBeUndefined();
  });
});
