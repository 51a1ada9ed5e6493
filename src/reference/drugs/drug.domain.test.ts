import { describe, expect, it } from 'vitest';

import { amountText, checkFigures, ingredientStatusOf, PriceAboveCeiling } from './drug.domain.js';

describe('the amount of an ingredient', () => {
  it.each([
    [['500.000000', 'mg', null, null], '500 mg'],
    [['250.000000', 'mg', '5.000000', 'ml'], '250 mg/5 ml'],
    [['10.500000', 'mg', '1.000000', 'ml'], '10.5 mg/ml'],
    [['5.000000', '%', null, null], '5%'],
    [['100.000000', null, null, null], '100'],
    [[null, null, null, null], null],
  ] as const)('%j is written %j', ([amount, unit, perAmount, perUnit], text) => {
    expect(amountText({ amount, unit, perAmount, perUnit })).toBe(text);
  });
});

describe('the figures of a product', () => {
  const figures = { price: '20', priceCeiling: '20.00', unitsPerStrip: '10', unitsPerPack: '20' };

  it('may reach the ceiling but not pass it', () => {
    expect(() => checkFigures(figures)).not.toThrow();
    expect(() => checkFigures({ ...figures, price: '20.001' })).toThrow(PriceAboveCeiling);
    expect(() => checkFigures({ ...figures, price: '20.001', priceCeiling: null })).not.toThrow();
  });

  it('refuse a strip larger than the pack', () => {
    expect(() => checkFigures({ ...figures, unitsPerStrip: '21' })).toThrow('strip');
  });
});

it('calls a product linked only when every ingredient is known', () => {
  expect(ingredientStatusOf([])).toBe('unlinked');
  expect(ingredientStatusOf([{ isVerified: false }])).toBe('unlinked');
  expect(ingredientStatusOf([{ isVerified: true }, { isVerified: false }])).toBe('partial');
  expect(ingredientStatusOf([{ isVerified: true }, { isVerified: true }])).toBe('linked');
});
