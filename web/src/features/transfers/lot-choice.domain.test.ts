import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decimalOrZero } from '../../ui/money.domain';
import { choiceFault, chosenSum, fefoChoice, sentLots } from './lot-choice.domain';

describe('lots chosen for a transfer', () => {
  it('are suggested first expiry first, and never more than is free or was agreed to', () => {
    const lot = fc.record({ free: fc.integer({ min: 0, max: 50_000 }).map((n) => (n / 1000).toFixed(3)) });
    fc.assert(
      fc.property(fc.array(lot, { maxLength: 6 }), fc.integer({ min: 1, max: 100_000 }), (frees, n) => {
        const lots = frees.map(({ free }, index) => ({ lotId: index + 1, free }));
        const wanted = (n / 1000).toFixed(3);
        const choice = fefoChoice(lots, wanted);
        const all = lots.reduce((sum, { free }) => sum + decimalOrZero(free), 0n);
        const sum = decimalOrZero(chosenSum(choice));
        expect(sum).toBe(all < decimalOrZero(wanted) ? all : decimalOrZero(wanted));
        expect(choiceFault(choice, lots, wanted)).toBe(sum === 0n ? 'nothing' : undefined);
        // A later lot gives something only where every earlier one gives all it has.
        const last = Math.max(0, ...Object.keys(choice).map(Number));
        for (const { lotId, free } of lots)
          if (lotId < last) expect(decimalOrZero(choice[lotId])).toBe(decimalOrZero(free));
      }),
    );
  });

  it('are refused beyond what a lot has, what was agreed to, or where there is none', () => {
    const lots = [
      { lotId: 1, free: '10' },
      { lotId: 2, free: '5' },
    ];
    expect(choiceFault({ 1: '10.001' }, lots, '20')).toBe('lot');
    expect(choiceFault({ 1: '10', 2: '5' }, lots, '14')).toBe('approved');
    expect(choiceFault({ 1: '', 2: '0' }, lots, '14')).toBe('nothing');
    expect(sentLots({ 1: '10.500', 2: '' })).toEqual([{ lotId: 1, quantity: '10.5' }]);
  });
});
