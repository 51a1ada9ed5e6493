import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { addDays } from '../../platform/time/local-date.js';
import {
  beyondUseDate,
  costOf,
  isWithinTolerance,
  scaled,
  unitCostOf,
  yieldPrice,
} from './compounding.domain.js';

const quantity = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((value) => Quantity.ofThousandths(value));
const factor = fc.bigInt({ min: 1n, max: 1000n });
const unitCost = fc
  .bigInt({ min: 0n, max: 10n ** 10n })
  .map((value) => `${value / 1_000_000n}.${(value % 1_000_000n).toString().padStart(6, '0')}`);
const lines = fc.array(fc.record({ quantity: quantity.map(String), unitCost }), {
  minLength: 1,
  maxLength: 30,
});
const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('2020-01-01', days));

describe('scaling', () => {
  it('is exact for whole yields, and off by half a thousandth at the most otherwise', () => {
    fc.assert(
      fc.property(quantity, quantity, factor, quantity, (item, yielded, times, wanted) => {
        const whole = Quantity.ofThousandths(yielded.thousandths * times);
        expect(scaled(item, whole, yielded).thousandths).toBe(item.thousandths * times);
        const off =
          scaled(item, wanted, yielded).thousandths * yielded.thousandths -
          item.thousandths * wanted.thousandths;
        expect(2n * (off < 0n ? -off : off) <= yielded.thousandths).toBe(true);
      }),
    );
  });
});

describe('cost', () => {
  it('adds up whatever the order, and of a base unit is off by half a millionth at the most', () => {
    fc.assert(
      fc.property(lines, quantity, (given, made) => {
        const cost = costOf(given);
        expect(costOf([...given].reverse())).toBe(cost);
        expect(given.reduce((sum, line) => sum + costOf([line]), 0n)).toBe(cost);
        const [whole = '0', fraction = ''] = unitCostOf(cost, made).split('.');
        const unit = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
        const off = unit * made.thousandths - cost;
        expect(2n * (off < 0n ? -off : off) <= made.thousandths).toBe(true);
      }),
    );
  });

  it('never makes a price below it, and the fee comes on top', () => {
    fc.assert(
      fc.property(lines, quantity, fc.integer({ min: 0, max: 10_000 }), (given, made, fee) => {
        const cost = costOf(given);
        fc.pre(cost < 10n ** 17n);
        const price = (text: string) =>
          yieldPrice({ kind: 'cost', markup: '0.25', fee: text }, { cost, quantity: made }, made, 3);
        const without = price('0');
        expect(without.thousandths * 1_000_000n * 2n + 1_000_000n >= cost * 2n).toBe(true);
        expect(price(String(fee)).minus(without).toString()).toBe(Money.of(String(fee)).toString());
      }),
    );
  });
});

describe('the beyond-use date', () => {
  it('is never after any ingredient, nor after the days of the formula, and is one of them', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 366 }),
        fc.array(fc.option(day)),
        (madeOn, days, expiries) => {
          const last = beyondUseDate(madeOn, days, expiries);
          expect(last <= addDays(madeOn, days)).toBe(true);
          for (const expiry of expiries) if (expiry !== null) expect(last <= expiry).toBe(true);
          expect([addDays(madeOn, days), ...expiries]).toContain(last);
        },
      ),
    );
  });
});

describe('a weighing', () => {
  it('within a tolerance is within every wider one, and as calculated always', () => {
    fc.assert(
      fc.property(quantity, quantity, fc.integer({ min: 0, max: 9 }), (planned, used, percent) => {
        expect(isWithinTolerance(planned, planned, String(percent))).toBe(true);
        if (isWithinTolerance(planned, used, String(percent)))
          expect(isWithinTolerance(planned, used, String(percent + 1))).toBe(true);
      }),
    );
  });
});
