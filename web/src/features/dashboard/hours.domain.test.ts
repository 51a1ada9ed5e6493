import { describe, expect, it } from 'vitest';
import { wholeDay } from './hours.domain';

describe('hours of a day', () => {
  it('have no gap between the first and the last with sales, today or then', () => {
    const rows = [
      { key: '09', figures: { net: '5.50' }, compared: { net: '4.00' } },
      { key: '12', figures: { net: '0.00' }, compared: { net: '7.00' } },
    ];
    expect(wholeDay(rows)).toEqual([
      { key: '09', value: 5.5, before: 4 },
      { key: '10', value: 0, before: 0 },
      { key: '11', value: 0, before: 0 },
      { key: '12', value: 0, before: 7 },
    ]);
    expect(wholeDay([{ key: '08', figures: { net: '1.00' }, compared: null }])).toEqual([
      { key: '08', value: 1, before: 0 },
    ]);
    expect(wholeDay([])).toEqual([]);
  });
});
