import { describe, expect, it } from 'vitest';

import { readComposition, strengthOf } from './composition.domain.js';

describe('the composition of a sample product', () => {
  it.each([
    ['paracetamol 500 mg', [['paracetamol', '500', 'mg', null, null]], '500 mg'],
    [
      'paracetamol 500 mg + caffeine 65 mg',
      [
        ['paracetamol', '500', 'mg', null, null],
        ['caffeine', '65', 'mg', null, null],
      ],
      '500 mg + 65 mg',
    ],
    ['amoxicillin 250 mg/5 ml', [['amoxicillin', '250', 'mg', '5', 'ml']], '250 mg/5 ml'],
    ['insulin glargine 100 iu/ml', [['insulin glargine', '100', 'iu', '1', 'ml']], '100 iu/ml'],
    ['hydrocortisone 1 %', [['hydrocortisone', '1', '%', null, null]], '1 %'],
    ['vitamin b12', [['vitamin b12', null, null, null, null]], null],
  ])('reads %s', (text, parts, strength) => {
    const read = readComposition(text);
    expect(read.map((p) => [p.name, p.amount, p.unit, p.perAmount, p.perUnit])).toEqual(parts);
    expect(strengthOf(read)).toBe(strength);
  });
});
