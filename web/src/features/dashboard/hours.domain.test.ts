import { describe, expect, it } from 'vitest';
import { beforeBy, wholeDay } from './hours.domain';

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

describe('the day compared with', () => {
  const row = (key: string, compared: Record<string, string | number> | null) => ({
    key,
    figures: {},
    compared,
  });
  const rows = [
    row('09', {
      total: '10.00',
      margin: '4.00',
      returned: '0.00',
      sales: 1,
      gross: '11.00',
      discount: '1.00',
    }),
    row('12', {
      total: '5.50',
      margin: '-1.00',
      returned: '2.00',
      sales: 2,
      gross: '7.50',
      discount: '0.00',
    }),
    row('20', {
      total: '90.00',
      margin: '9.00',
      returned: '0.00',
      sales: 7,
      gross: '90.00',
      discount: '0.00',
    }),
  ];

  it('counts up to this hour', () => {
    expect(beforeBy(rows, 12)).toEqual({ total: '15.50', margin: '3.00', returned: '2.00', sales: 3, average: '5.83' }); // prettier-ignore
    expect(beforeBy(rows, 8)).toEqual({ total: '0.00', margin: '0.00', returned: '0.00', sales: 0, average: null }); // prettier-ignore
    expect(beforeBy(rows, 23)).toMatchObject({ total: '105.50', sales: 10 });
  });

  it('is nothing where nothing is compared, and zero where nothing was sold', () => {
    expect(beforeBy([row('09', null)], 12)).toBeUndefined();
    expect(beforeBy([], 12)).toMatchObject({ total: '0.00', sales: 0 });
  });
});
