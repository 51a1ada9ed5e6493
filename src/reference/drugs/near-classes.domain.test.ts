import { describe, expect, it } from 'vitest';

import { codesOf, nearClasses } from './near-classes.domain.js';

const told = (...codes: string[]) =>
  nearClasses(codes).map(({ prefix, nearness }) => `${nearness} ${prefix}`);

const PAIN = ['M01AB', 'M01AC', 'M01AE', 'M01AG', 'M01AH'].map((code) => `purpose ${code}`);

describe('where an alternative is looked for', () => {
  it.each([
    [
      'ibuprofen',
      'M01AE01',
      ['class M01AE', 'group M01A', ...PAIN.slice(0, 2), ...PAIN.slice(3), 'purpose N02B'],
    ],
    ['paracetamol', 'N02BE01', ['class N02BE', 'group N02B', ...PAIN]],
    ['amoxicillin', 'J01CA04', ['class J01CA', 'group J01C', 'purpose J01']],
    ['sertraline', 'N06AB06', ['class N06AB', 'group N06A']],
  ])('nearest first: %s', (_, code, expected) => {
    expect(told(code)).toEqual(expected);
  });

  it.each([
    ['an anticoagulant', 'B01AA03', ['class B01AA']],
    ['an antiepileptic', 'N03AX09', ['class N03AX']],
    ['a cytotoxic', 'L01BA01', ['class L01BA']],
  ])('only in its own class for %s', (_, code, expected) => expect(told(code)).toEqual(expected));

  it('nowhere for a code that names no class', () => {
    expect(told('M01A', 'M', '')).toEqual([]);
  });

  it('by the own code of a product before those of its ingredients', () => {
    expect(codesOf('J01CR02', ['J01CA04'])).toEqual(['J01CR02']);
    expect(codesOf('J01', ['J01CA04'])).toEqual(['J01CA04']);
    expect(codesOf(null, ['J01CA04', 'J01CR02'])).toEqual(['J01CA04', 'J01CR02']);
  });

  it('nowhere for a product whose ingredients are for different things', () => {
    expect(codesOf(null, ['N02BE01', 'R01BA02'])).toEqual([]);
    expect(codesOf(null, [])).toEqual([]);
  });
});
