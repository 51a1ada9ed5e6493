import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DemandCurve } from './demand-curve.domain.js';
import { EVEN_SHARES, observe, openShares, weekdayShares } from './demand.domain.js';

describe('demand as it would have been with stock', () => {
  it.each([
    ['all week in stock: as it was', { used: 14, lost: 0, open: 1 }, { rate: 14, weight: 1 }],
    ['half of the week: twice as much', { used: 7, lost: 0, open: 0.5 }, { rate: 14, weight: 0.5 }],
    ['never in stock: not observed', { used: 0, lost: 0, open: 0 }, { rate: 0, weight: 0 }],
    ['more came back than went: nothing', { used: -3, lost: 0, open: 1 }, { rate: 0, weight: 1 }],
  ])('%s', (_, week, expected) => {
    expect(observe([week])).toEqual([expected]);
  });

  const usual = { used: 14, lost: 0, open: 1 };
  const missed = (lost: number) => observe([usual, usual, { used: 7, lost, open: 0.5 }])[2];

  it('is not changed by notes of what was expected anyhow, and not lowered by fewer', () => {
    expect(missed(7)).toEqual({ rate: 14, weight: 1 });
    expect(missed(2)?.rate).toBeCloseTo(14);
    expect(missed(2)?.weight).toBeLessThan(1);
  });

  it('is raised by more notes, to the double of what the days without stock were expected to bring', () => {
    expect(missed(10)).toEqual({ rate: 17, weight: 1 });
    expect(missed(14)).toEqual({ rate: 21, weight: 1 });
    expect(missed(1_000_000)).toEqual({ rate: 21, weight: 1 });
  });

  it('is what was noted, where the product was never in stock', () => {
    expect(observe([{ used: 0, lost: 5, open: 0 }])).toEqual([{ rate: 5, weight: 1 }]);
  });
});

describe('weeks there was stock in', () => {
  it('are shares of what their days bring', () => {
    expect(openShares(14, [], EVEN_SHARES).map((share) => share.toFixed(6))).toEqual([
      '1.000000',
      '1.000000',
    ]);
    // Yesterday and the day before, of the last week.
    expect(openShares(14, [[2, 1]], EVEN_SHARES)[1]).toBeCloseTo(5 / 7);
    expect(openShares(10, [], EVEN_SHARES)[0]).toBeCloseTo(3 / 7);
    expect(openShares(0, [], EVEN_SHARES)).toEqual([]);
  });

  it('lose more by a busy day than by a quiet one', () => {
    // The first share is today's weekday; yesterday's is the last.
    const shares = weekdayShares([0, 0, 0, 0, 0, 0, 1_000_000]);
    expect(openShares(7, [[1, 1]], shares)[0]).toBeLessThan(0.001);
    expect(openShares(7, [[2, 2]], shares)[0]).toBeGreaterThan(0.999);
  });

  it('have an even pattern where little was sold', () => {
    expect(weekdayShares([])).toEqual(EVEN_SHARES);
    expect(weekdayShares([3, 0, 0, 0, 0, 0, 0])[0]).toBeLessThan(0.18);
  });
});

describe('the curve of demand', () => {
  const weeks = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 60 });
  const sales = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 7, maxLength: 7 });

  it('never falls, adds up to its weeks, and goes on as their mean', () => {
    fc.assert(
      fc.property(weeks, sales, fc.integer({ min: 0, max: 1200 }), (each, pattern, days) => {
        const curve = DemandCurve.of(each, weekdayShares(pattern));
        expect(curve.soldIn(days + 1) >= curve.soldIn(days)).toBe(true);
        const whole = each.reduce((sum, one) => sum + BigInt(Math.round(one * 1000)), 0n);
        expect(curve.soldIn(each.length * 7)).toBe(whole);
        expect(curve.soldIn(each.length * 14)).toBe(whole * 2n);
        expect(curve.soldIn(-days)).toBe(0n);
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(DemandCurve.of([]).isNone).toBe(true);
    expect(DemandCurve.of([]).soldIn(100)).toBe(0n);
    expect(DemandCurve.flat(0.0001).isNone).toBe(true);
  });
});
