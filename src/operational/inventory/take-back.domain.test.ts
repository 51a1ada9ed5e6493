import { describe, expect, it } from 'vitest';

import { takeBack } from './take-back.domain.js';

const given = [
  { lotId: 1, quantity: '10' },
  { lotId: 2, quantity: '10' },
  { lotId: 3, quantity: '5.5' },
];

describe('taking back', () => {
  it('fills the lot that gave last first', () => {
    expect(takeBack(given, '0', '7')).toEqual([
      { lotId: 3, quantity: '5.5' },
      { lotId: 2, quantity: '1.5' },
    ]);
  });

  it('goes on where an earlier return stopped', () => {
    expect(takeBack(given, '7', '10')).toEqual([
      { lotId: 2, quantity: '8.5' },
      { lotId: 1, quantity: '1.5' },
    ]);
  });

  it('takes all of it, and not a thousandth more', () => {
    expect(takeBack(given, '0', '25.5')).toHaveLength(3);
    expect(takeBack(given, '25', '0.5')).toEqual([{ lotId: 1, quantity: '0.5' }]);
    expect(takeBack(given, '25', '0.501')).toBeUndefined();
    expect(takeBack([], '0', '1')).toBeUndefined();
  });
});
