import { describe, expect, it } from 'vitest';

import { denominator, plainAmount, showAmounts, unitName } from './amounts.domain.js';

describe('amounts of North American files', () => {
  it.each([
    ['20,000', '20000'],
    ['.75', '0.75'],
    ['1.0', '1'],
    ['50.000', '50'],
    ['0250', '250'],
    ['1,000,000.5', '1000000.5'],
  ])('%s is %s', (written, amount) => {
    expect(plainAmount(written)).toBe(amount);
  });

  it.each(['', '0', '0.00', '1,5', '1-2', '13300000000000', '0.0000001', 'NIL', '-1', '1e3'])(
    '%j is no amount the catalogue can hold',
    (written) => {
      expect(plainAmount(written)).toBeUndefined();
    },
  );

  it.each([
    ['MG', 'mg'],
    ['GM', 'g'],
    ['[iU]', 'iu'],
    ["[USP'U]", 'unit'],
    ['µg', 'mcg'],
    ['MBq', 'mbq'],
    ['NIL', undefined],
  ])('the unit %s is %s', (written, unit) => {
    expect(unitName(written)).toBe(unit);
  });

  it('a denominator that is one unit of the product says nothing', () => {
    expect(denominator('', 'TAB')).toBeUndefined();
    expect(denominator('', 'VIAL')).toBeUndefined();
    expect(denominator('', 'W/V')).toBeUndefined();
    expect(denominator('5', 'ML')).toEqual({ perAmount: '5', perUnit: 'ml' });
    expect(denominator('', 'ACT')).toEqual({ perAmount: '1', perUnit: 'dose' });
    expect(denominator('24', 'HR')).toEqual({ perAmount: '24', perUnit: 'hour' });
  });

  it('are shown with all their parts or not at all', () => {
    const parts = [
      { text: 'A', amount: '25', unit: 'mg' },
      { text: 'B', amount: '5', unit: 'mg', perAmount: '5', perUnit: 'ml' },
    ];
    expect(showAmounts(parts)).toBe('25 mg / 5 mg/5 ml');
    expect(showAmounts([...parts, { text: 'C' }])).toBeUndefined();
    expect(showAmounts([])).toBeUndefined();
  });
});
