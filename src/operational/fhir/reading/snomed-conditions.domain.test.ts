import { describe, expect, it } from 'vitest';

import { icd10Of, SNOMED } from './fhir-codes.domain.js';
import { ICD10_OF_SNOMED } from './snomed-conditions.domain.js';

/* A SNOMED CT identifier ends with a check digit (Verhoeff): turning and mirroring a pentagon by each digit leads back to 0. */
const turned = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
const STEP = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const moved = (digit: number, times: number): number =>
  times === 0 ? digit : moved(STEP[digit] ?? 0, times - 1);
const isWhole = (id: string): boolean =>
  [...id].reverse().reduce((sum, digit, place) => turned(sum, moved(Number(digit), place % 8)), 0) === 0;

describe('conditions by SNOMED CT', () => {
  it('are named by identifiers whose check digits are right, and by codes of ICD-10', () => {
    expect(ICD10_OF_SNOMED.size).toBeGreaterThan(150);
    for (const [id, icd10] of ICD10_OF_SNOMED) {
      expect(isWhole(id), id).toBe(true);
      expect(icd10).toMatch(/^[A-Z]\d{2}(?:\.\d)?$/);
    }
    expect(isWhole('44054007')).toBe(false);
    expect(isWhole('45054006')).toBe(false);
  });

  it('are read as ICD-10, but one that is given is taken as it is', () => {
    const diabetes = { system: SNOMED, code: '44054006' };
    expect(icd10Of({ coding: [diabetes] })).toBe('E11.9');
    expect(icd10Of({ coding: [{ system: SNOMED, code: '160903007' }, diabetes] })).toBe('E11.9');
    const own = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'E112' };
    expect(icd10Of({ coding: [diabetes, own] })).toBe('E11.2');
    expect(icd10Of({ coding: [{ system: SNOMED, code: '160903007' }] })).toBeUndefined();
    expect(icd10Of({ coding: [{ system: 'http://example.org', code: '44054006' }] })).toBeUndefined();
  });
});
