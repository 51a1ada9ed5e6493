import { describe, expect, it } from 'vitest';

import { readExpiry, readHeader, readQuantity, rowOf } from './ship-notice.domain.js';

describe('a notice of what was sent', () => {
  it.each([
    ['2027-06-30', '2027-06-30'],
    ['270630', '2027-06-30'],
    ['20270630', '2027-06-30'],
    ['280200', '2028-02-29'],
    ['2027-02', '2027-02-28'],
    ['06/2027', '2027-06-30'],
    ['2027-02-30', undefined],
    ['03/04/2027', undefined],
    ['271300', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('reads the expiry %s as %s', (text, date) => {
    expect(readExpiry(text)).toBe(date);
  });

  it.each([
    ['12', '12'],
    ['2,5', '2.5'],
    ['2.5', '2.5'],
    ['1,000.5', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('reads the quantity %s as %s', (text, quantity) => {
    expect(readQuantity(text)).toBe(quantity);
  });

  it('finds its columns by any of their names, in any order', () => {
    const header = readHeader(['Batch', 'Colour', 'GTIN', 'QTY', 'Expiry Date', 'Unit']);
    expect(header).toEqual(['lot', undefined, 'code', 'quantity', 'expiry', 'unit']);
    expect(rowOf(header, [' A1 ', 'red', '5', '2', '270630', 'PACK'])).toMatchObject({
      lot: 'A1',
      code: '5',
      quantity: '2',
      unit: 'pack',
      bonus: '',
    });
  });
});
