import { describe, expect, it } from 'vitest';

import { completable } from './owed.domain.js';

const rest = (id: string, drugId: number, quantityOwed: string, stockOnHand: string) => ({
  id,
  drugId,
  quantityOwed,
  stockOnHand,
});

describe('what arrived', () => {
  it('completes the rests in their order, as far as it goes, each whole or not at all', () => {
    const rows = [
      rest('a', 1, '10', '25'),
      rest('b', 1, '20', '25'),
      rest('c', 1, '15', '25'),
      rest('d', 1, '0.001', '25'),
      rest('e', 2, '5', '4.999'),
      rest('f', 2, '4.999', '4.999'),
      rest('g', 3, '1', '0'),
    ];
    expect(completable(rows).map(({ id }) => id)).toEqual(['a', 'c', 'f']);
  });
});
