import { describe, expect, it } from 'vitest';

import { hasCheckDigit, newProductCode, readProductCode, UnreadableBarcode } from './barcode.domain.js';
import {
  amountText,
  checkFigures,
  ingredientStatusOf,
  packsOf,
  PriceAboveCeiling,
  rankEquivalents,
} from './drug.domain.js';

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

  it('give the ways of counting, largest first', () => {
    expect(packsOf({ unitsPerStrip: '10.000', unitsPerPack: '20.000' })).toEqual([
      { level: 'pack', baseUnits: '20' },
      { level: 'strip', baseUnits: '10' },
      { level: 'unit', baseUnits: '1' },
    ]);
    expect(packsOf({ unitsPerStrip: null, unitsPerPack: '1.000' })).toEqual([
      { level: 'pack', baseUnits: '1' },
    ]);
  });
});

it('calls a product linked only when every ingredient is known', () => {
  expect(ingredientStatusOf([])).toBe('unlinked');
  expect(ingredientStatusOf([{ ingredientId: null }])).toBe('unlinked');
  expect(ingredientStatusOf([{ ingredientId: 1 }, { ingredientId: null }])).toBe('partial');
  expect(ingredientStatusOf([{ ingredientId: 1 }, { ingredientId: 2 }])).toBe('linked');
});

it('offers equivalents in stock first, then the cheapest', () => {
  const row = (drugId: number, stockOnHand: string, priceDifference: string) => ({
    drugId,
    stockOnHand,
    priceDifference,
  });
  const ranked = rankEquivalents([
    row(1, '0', '-9'),
    row(2, '5', '3'),
    row(3, '1', '-2.5'),
    row(4, '1', '-2.50'),
  ]);
  expect(ranked.map(({ drugId }) => drugId)).toEqual([3, 4, 2, 1]);
});

describe('a product code', () => {
  it.each([
    ['6221001000019', 'ean13', '06221001000019'],
    ['96385074', 'ean8', '00000096385074'],
    ['036000291452', 'upca', '00036000291452'],
    ['10614141000415', 'gtin14', '10614141000415'],
    ['0071-0155-23', 'ndc', '00000071015523'],
    ['00071015523', 'ndc', '00000071015523'],
    [' 622 1001 000019 ', 'ean13', '06221001000019'],
  ])('%s is read as %s', (text, kind, gtin) => {
    expect(readProductCode(text)).toMatchObject({ kind, gtin, isCheckDigitRight: true });
  });

  it('knows a wrong check digit, and every swap of two different neighbouring digits that GS1 promises to find', () => {
    expect(readProductCode('6221001000017').isCheckDigitRight).toBe(false);
    expect(hasCheckDigit('4006381333931')).toBe(true);
    for (let digit = 0; digit < 10; digit++) expect(hasCheckDigit(`400638133393${digit}`)).toBe(digit === 1);
  });

  it.each([
    '(01)06221001000019(17)271231(10)AB12',
    ']d20106221001000019',
    '0106221001000019172712311021\u001dABC',
    'ABC',
    '123456789012345',
    '',
  ])('refuses %j', (text) => {
    expect(() => readProductCode(text)).toThrow(UnreadableBarcode);
  });

  it('is stored only with its check digit, unless it is the label of the shop or an NDC', () => {
    expect(() => newProductCode('6221001000017')).toThrow(UnreadableBarcode);
    expect(() => newProductCode('96385074', 'ean13')).toThrow(UnreadableBarcode);
    expect(newProductCode('2001', 'in_store')).toMatchObject({ gtin: '00000000002001', kind: 'in_store' });
    expect(newProductCode('6221001000017', 'in_store').kind).toBe('in_store');
  });
});
