import { describe, expect, it } from 'vitest';

import { toEnglish } from './sig-english.domain.js';
import { contextOf, unitsOf, type MedicineFacts } from './sig-medicine.domain.js';
import { readSig } from './sig-reading.domain.js';

const facts = (values: Partial<MedicineFacts>): MedicineFacts => ({
  baseUnit: 'piece',
  dosageForm: null,
  route: null,
  amount: null,
  unit: null,
  perAmount: null,
  perUnit: null,
  ...values,
});

describe('directions of a medicine', () => {
  it.each([
    ['5 ml tid', { dosageForm: 'syrup', route: 'oral' }, 'Take 5 ml 3 times daily.'],
    ['0.5 ml weekly', { dosageForm: 'injection', route: 'subcutaneous' }, 'Inject 0.5 ml once a week.'],
    ['10 ml bid', { dosageForm: 'mouthwash', route: 'oral' }, 'Rinse with 10 ml twice daily.'],
    ['10 ml bid', {}, 'Use 10 ml twice daily.'],
    [
      '1000 units daily',
      { baseUnit: 'capsule', dosageForm: 'capsule', route: 'oral' },
      'Take 1000 units once daily.',
    ],
    ['1000 units daily', {}, 'Use 1000 units once daily.'],
    ['2 bid', { baseUnit: 'tablet', dosageForm: 'tablet', route: 'oral' }, 'Take 2 tablets twice daily.'],
    ['1 gtt bid', { dosageForm: 'eye drops', route: 'ophthalmic' }, 'Instil 1 drop twice daily.'],
    ['1 appl os bid', { dosageForm: 'eye ointment' }, 'Apply 1 application in the left eye twice daily.'],
    ['apply bid', { dosageForm: 'cream' }, 'Apply twice daily.'],
    [
      '1 tab pv nightly',
      { baseUnit: 'tablet', dosageForm: 'vaginal tablet', route: 'oral' },
      'Insert 1 tablet vaginally at night.',
    ],
  ])('%s', (typed, values, english) => {
    expect(toEnglish(readSig(typed, contextOf(facts(values))).sig)).toBe(english);
  });

  it.each([
    [{ baseUnit: 'tablet', amount: '500', unit: 'mg' }, [{ unit: 'mg', amount: '500' }]],
    [
      { baseUnit: 'ml', amount: '250', unit: 'mg', perAmount: '5', perUnit: 'ml' },
      [{ unit: 'mg', amount: '50' }],
    ],
    [
      { baseUnit: 'ml', amount: '100', unit: 'iu', perAmount: null, perUnit: 'ml' },
      [{ unit: 'iu', amount: '100' }],
    ],
    // A bottle counted as a piece, and a strength that is no exact decimal, tell nothing.
    [{ baseUnit: 'piece', amount: '250', unit: 'mg', perAmount: '5', perUnit: 'ml' }, undefined],
    [{ baseUnit: 'ml', amount: '100', unit: 'mg', perAmount: '3', perUnit: 'ml' }, undefined],
    [{ baseUnit: 'piece', amount: '1', unit: '%' }, undefined],
  ])('%j holds %j', (values, holds) => {
    expect(unitsOf(facts(values)).holds).toEqual(holds);
  });
});
