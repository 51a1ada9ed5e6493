import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { floatOf } from './pieces.domain.js';

describe('notes and coins', () => {
  it('are worth their face value, to the thousandth', () => {
    const pieces = [
      { denomination: '200', pieces: 2 },
      { denomination: '0.25', pieces: 3 },
      { denomination: '0.005', pieces: 7 },
      { denomination: '50', pieces: 0 },
    ];
    expect(floatOf(pieces)).toBe('400.785');
    expect(floatOf([])).toBe('0.00');
  });

  it('add up whatever their order', () => {
    const piece = fc.record({
      denomination: fc.constantFrom('500', '20', '1', '0.5', '0.25', '0.005'),
      pieces: fc.integer({ min: 0, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const inMills = pieces.reduce(
          (sum, one) => sum + Math.round(Number(one.denomination) * 1000) * one.pieces,
          0,
        );
        expect(Math.round(Number(floatOf(pieces)) * 1000)).toBe(inMills);
        expect(floatOf([...pieces].reverse())).toBe(floatOf(pieces));
      }),
    );
  });
});
