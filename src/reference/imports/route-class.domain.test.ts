import { describe, expect, it } from 'vitest';
import { chooseRoute, readDrugClass } from './route-class.domain.js';

describe('chooseRoute', () => {
  it('takes the route the source states', () => {
    expect(chooseRoute('vaginal', 'semi-solid', undefined)).toBe('vaginal');
  });

  it('takes the route of the form where the source states none', () => {
    expect(chooseRoute(undefined, 'eye', undefined)).toBe('ophthalmic');
    expect(chooseRoute(undefined, 'powder', undefined)).toBeUndefined();
    expect(chooseRoute(undefined, undefined, undefined)).toBeUndefined();
  });

  it('lets a narrower form make the stated route exact', () => {
    expect(chooseRoute('oral', 'sublingual', undefined)).toBe('sublingual');
    expect(chooseRoute('oral', 'semi-solid', undefined)).toBe('oral');
    expect(chooseRoute('injection', 'injection', 'intramuscular')).toBe('intramuscular');
    expect(chooseRoute('injection', 'injection', undefined)).toBe('injection');
  });
});

describe('readDrugClass', () => {
  it.each([
    ['ANTIBIOTIC.CEPHALOSPORIN.THIRD-GENERATION', 'ANTIBIOTIC', ['CEPHALOSPORIN', 'THIRD-GENERATION']],
    ['VITAMIN C   ANTIOXIDANT', 'VITAMIN C ANTIOXIDANT', []],
    ['ANTI-INFLAMMATORY.GLUCOCORTICOID.', 'ANTI-INFLAMMATORY', ['GLUCOCORTICOID']],
    ['ANTI-HYPERTENSIVE. COMBINED ACE', 'ANTI-HYPERTENSIVE', ['COMBINED ACE']],
    ['skin care.moisturizing', 'skin care', ['moisturizing']],
  ])('reads %s', (raw, category, narrower) => {
    expect(readDrugClass(raw, '.')).toMatchObject({ category, narrower });
  });

  it.each(['.', '', ' - ', '123', 'x'.repeat(121)])('finds no class in %j', (raw) => {
    expect(readDrugClass(raw, '.')).toBeUndefined();
  });
});
