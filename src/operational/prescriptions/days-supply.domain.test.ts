import { describe, expect, it } from 'vitest';

import { daysOfDose } from './days-supply.domain.js';

const days = (quantity: string, amount: string, frequencyPerDay: string, unit = 'tablet', base = 'tablet') =>
  daysOfDose(quantity, { amount, unit, frequencyPerDay }, base);

describe("days' supply of a dose", () => {
  it.each([
    ['30', '1', '1', 30],
    ['30', '1', '3', 10],
    ['20', '1', '3', 6],
    ['30', '0.5', '2', 30],
    ['7.5', '2.5', '3', 1],
    ['100', '2.5', '0.5', 80],
    ['1', '2', '1', 1],
    ['366', '1', '1', 366],
    ['367', '1', '1', undefined],
    ['4', '1', '0.14', 28],
  ])('%s units at %s, %s times a day last %s days', (quantity, amount, rate, expected) => {
    expect(days(quantity, amount, rate)).toBe(expected);
  });

  it('reads the unit as people write it, and no other', () => {
    expect(days('30', '1', '1', 'Tablets')).toBe(30);
    expect(days('150', '5', '3', 'ml', 'ml')).toBe(10);
    expect(days('30', '500', '1', 'mg')).toBeUndefined();
  });
});
