import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DemandCurve } from '../forecast/demand-curve.domain.js';
import { rebalance, type BranchStock } from './rebalance.domain.js';

const terms = { transitDays: 2, reviewDays: 7, keepDays: 90 };
const empty: BranchStock = {
  branchId: 1,
  demand: DemandCurve.flat(0),
  safety: '0',
  lots: [],
  onOrder: '0',
  leadDays: 3,
  packUnits: '10',
};
const at = (branchId: number, more: Partial<BranchStock>): BranchStock => ({ ...empty, branchId, ...more });
const stock = fc.record({
  demand: fc.integer({ min: 0, max: 100 }).map((perWeek) => DemandCurve.flat(perWeek)),
  safety: fc.integer({ min: 0, max: 50 }).map(String),
  lots: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 500 }).map(String),
      days: fc.option(fc.integer({ min: 0, max: 400 })),
    }),
    { maxLength: 4 },
  ),
  onOrder: fc.integer({ min: 0, max: 100 }).map(String),
  leadDays: fc.integer({ min: 0, max: 20 }),
  packUnits: fc.constant('10'),
});

describe('stock between branches', () => {
  it.each<[string, BranchStock[], object[]]>([
    [
      'what nobody asks for here goes where it is sold in time',
      [at(1, { lots: [{ quantity: '100', days: 31 }] }), at(2, { demand: DemandCurve.flat(14) })],
      // Thirty days there, at two a day: sixty.
      [{ fromBranchId: 1, toBranchId: 2, reason: 'unsold', packs: 6, quantity: '60' }],
    ],
    [
      'what a branch has beyond what it keeps goes where it runs out',
      [
        at(1, { demand: DemandCurve.flat(7), lots: [{ quantity: '200', days: null }] }),
        at(2, { demand: DemandCurve.flat(14), safety: '5' }),
      ],
      // Ten days at two, and five: three packs.
      [{ fromBranchId: 1, toBranchId: 2, reason: 'runs-out', packs: 3, quantity: '30' }],
    ],
    [
      'no part of a pack',
      [at(1, { lots: [{ quantity: '9', days: null }] }), at(2, { demand: DemandCurve.flat(14) })],
      [],
    ],
    [
      'nothing that would expire there as well',
      [at(1, { lots: [{ quantity: '100', days: 3 }] }), at(2, { demand: DemandCurve.flat(14) })],
      [],
    ],
    ['nothing where nobody asks for it', [at(1, { lots: [{ quantity: '100', days: 31 }] }), at(2, {})], []],
  ])('%s', (_, stocks, moves) => {
    expect(rebalance(stocks, terms)).toEqual(moves);
  });

  it('moves whole packs that are there, and no more than is sold there before the first of them expires', () => {
    fc.assert(
      fc.property(fc.array(stock, { minLength: 2, maxLength: 4 }), (some) => {
        const stocks = some.map((one, index) => ({ ...one, branchId: index + 1 }));
        const moves = rebalance(stocks, terms);
        for (const one of stocks) {
          const sum = (of: 'fromBranchId' | 'toBranchId') =>
            moves
              .filter((move) => move[of] === one.branchId)
              .reduce((total, move) => total + Number(move.quantity), 0);
          const held = one.lots.reduce((total, lot) => total + Number(lot.quantity), 0);
          expect(sum('fromBranchId')).toBeLessThanOrEqual(held);
          expect(sum('fromBranchId') === 0 || sum('toBranchId') === 0).toBe(true);
        }
        for (const { fromBranchId, toBranchId, packs, quantity } of moves) {
          expect(Number(quantity)).toBe(packs * 10);
          expect(packs).toBeGreaterThan(0);
          const from = stocks[fromBranchId - 1];
          const to = stocks[toBranchId - 1];
          const first = Math.min(...(from?.lots ?? []).map(({ days }) => days ?? Infinity));
          const sold = Number(to?.demand.soldIn(Math.min(first - 1, terms.keepDays)) ?? 0n) / 1000;
          expect(Number(quantity) + Number(to?.onOrder)).toBeLessThanOrEqual(sold + 1e-9);
        }
      }),
      { numRuns: 500 },
    );
  });
});
