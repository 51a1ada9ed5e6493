import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DemandCurve } from '../forecast/demand-curve.domain.js';
import { suggestReorder, type ReorderFacts } from './reorder.domain.js';

const units = (max: number) => fc.integer({ min: 0, max }).map(String);
const weeks = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
const facts = fc.record({
  lots: fc.array(fc.record({ quantity: units(2000), days: fc.option(fc.integer({ min: 0, max: 900 })) }), {
    maxLength: 6,
  }),
  onOrder: units(500),
  demand: weeks.map((each) => DemandCurve.of(each)),
  safety: units(200),
  packUnits: fc.constantFrom('1', '7', '20', '30', '100'),
  leadDays: fc.integer({ min: 0, max: 60 }),
  shelfLifeDays: fc.option(fc.integer({ min: 0, max: 1000 })),
  min: fc.constant(null),
  max: fc.constant(null),
});
const range = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }));
const terms = fc.record({ reviewDays: fc.integer({ min: 1, max: 30 }) });

const some: ReorderFacts = {
  lots: [],
  onOrder: '0',
  demand: DemandCurve.flat(7),
  safety: '3',
  packUnits: '30',
  leadDays: 2,
  shelfLifeDays: null,
  min: null,
  max: null,
};
const week = { reviewDays: 7 };

describe('what to buy', () => {
  it('is whole packs that reach what is wanted, or as many as are sold before they expire', () => {
    fc.assert(
      fc.property(facts, fc.option(range), terms, (given, minMax, when) => {
        const known = minMax
          ? { ...given, min: String(minMax[0]), max: String(minMax[0] + minMax[1]) }
          : given;
        const found = suggestReorder(known, when);
        if (!found) return;
        const [quantity, pack] = [Number(found.quantity), Number(known.packUnits)];
        expect(quantity).toBe(found.packs * pack);
        const position = Number(found.usable) + Number(known.onOrder);
        const wanted = Number(found.target) - position;
        expect(wanted).toBeGreaterThan(0);
        expect(quantity).toBeLessThan(wanted + pack);
        if (!found.isCapped) expect(quantity).toBeGreaterThanOrEqual(wanted - 1e-6);
        if (known.shelfLifeDays !== null && !known.demand.isNone) {
          const sold = Number(known.demand.soldIn(known.leadDays + known.shelfLifeDays)) / 1000;
          expect(quantity).toBeLessThanOrEqual(Math.max(sold - position, 0) + 1e-6);
        }
        const stock = known.lots.reduce((sum, lot) => sum + Number(lot.quantity), 0);
        expect(Number(found.usable) + Number(found.willExpire)).toBeCloseTo(stock, 6);
      }),
      { numRuns: 500 },
    );
  });

  it('is never less where more is expected or kept, and never more where more is in stock', () => {
    const bought = (given: ReorderFacts, when: typeof week) =>
      Number(suggestReorder(given, when)?.quantity ?? '0');
    fc.assert(
      fc.property(facts, weeks, terms, fc.integer({ min: 1, max: 500 }), (given, each, when, more) => {
        const plain = {
          ...given,
          demand: DemandCurve.of(each),
          shelfLifeDays: null,
          lots: given.lots.map((lot) => ({ ...lot, days: null })),
        };
        const now = bought(plain, when);
        const larger = DemandCurve.of(each.map((one) => one + more));
        expect(bought({ ...plain, demand: larger }, when)).toBeGreaterThanOrEqual(now);
        const safety = String(Number(plain.safety) + more);
        expect(bought({ ...plain, safety }, when)).toBeGreaterThanOrEqual(now);
        const lots = [...plain.lots, { quantity: String(more), days: null }];
        expect(bought({ ...plain, lots }, when)).toBeLessThanOrEqual(now);
        expect(bought({ ...plain, onOrder: String(Number(plain.onOrder) + more) }, when)).toBeLessThanOrEqual(
          now,
        );
      }),
    );
  });

  it.each<[string, Partial<ReorderFacts>, string | undefined]>([
    ['one a day and three in case, nothing there: twelve, in packs', {}, '30'],
    ['in units', { packUnits: '1' }, '12'],
    ['nothing in case', { packUnits: '1', safety: '0' }, '9'],
    ['two a day from the second week on', { packUnits: '1', demand: DemandCurve.of([7, 14]) }, '14'],
    ['enough on order', { onOrder: '12' }, undefined],
    [
      'stock that expires tomorrow is no stock',
      { packUnits: '1', lots: [{ quantity: '50', days: 1 }] },
      '10',
    ],
    ['nothing is expected', { demand: DemandCurve.flat(0), safety: '0' }, undefined],
    ['it keeps three days and comes after two: five are sold', { packUnits: '1', shelfLifeDays: 3 }, '5'],
    ['a pack of thirty would expire', { shelfLifeDays: 3 }, '0'],
    ['at the least', { min: '10', max: '50', packUnits: '1', lots: [{ quantity: '10', days: null }] }, '40'],
    ['above the least', { min: '10', max: '50', lots: [{ quantity: '11', days: null }] }, undefined],
    [
      'at the least and never asked for',
      { min: '0', max: '5', demand: DemandCurve.flat(0), packUnits: '5' },
      '5',
    ],
  ])('%s', (_, more, quantity) => {
    expect(suggestReorder({ ...some, ...more }, week)?.quantity).toBe(quantity);
  });
});
