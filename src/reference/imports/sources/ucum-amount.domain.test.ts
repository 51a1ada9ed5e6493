import { describe, expect, it } from 'vitest';

import { ucumAmount, ucumStrength } from './ucum-amount.domain.js';

describe('an amount with a UCUM unit', () => {
  it.each([
    ['250', 'mg/1', { amount: '250', unit: 'mg' }],
    ['.75', 'mg/.5mL', { amount: '0.75', unit: 'mg', perAmount: '0.5', perUnit: 'ml' }],
    ['1', 'kg/kg', { amount: '1', unit: 'kg', perAmount: '1', perUnit: 'kg' }],
    ['80', 'mg/mL', { amount: '80', unit: 'mg', perAmount: '1', perUnit: 'ml' }],
    ['100', '[iU]/mL', { amount: '100', unit: 'iu', perAmount: '1', perUnit: 'ml' }],
    ['50', 'ug/h', { amount: '50', unit: 'mcg', perAmount: '1', perUnit: 'hour' }],
    ['1', 'mL', { amount: '1', unit: 'ml' }],
    ['15', '[hp_X]/mL', undefined],
    ['', 'mg/1', undefined],
    ['5', '', undefined],
    ['5', 'mg/100', undefined],
  ])('%s %s', (value, unit, expected) => {
    expect(ucumAmount(value, unit)).toEqual(expected);
  });

  it('may stand in one text', () => {
    expect(ucumStrength('250 mg/5mL')).toEqual({ amount: '250', unit: 'mg', perAmount: '5', perUnit: 'ml' });
    expect(ucumStrength('some')).toBeUndefined();
  });
});
