import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAmount, findStrengths } from './amount.domain.js';

const digits = (max: number) => fc.integer({ min: 1, max }).map(String);

describe('amounts', () => {
  it('are exact: a plain decimal in milligrams comes back digit for digit', () => {
    fc.assert(
      fc.property(digits(99_999_999), fc.stringMatching(/^\d{0,5}[1-9]$/), (whole, fraction) => {
        expect(canonicalAmount(`${whole}.${fraction}`, 'mg')).toBe(`${whole}.${fraction}`);
      }),
    );
  });

  it('in international units are never thousandths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.stringMatching(/^\d{3}$/), (whole, thousand) => {
        expect(canonicalAmount(`${whole}.${thousand}`, 'iu')).toBe(`${whole}${thousand}`);
      }),
    );
  });

  it('found in any text are canonical, fit the column and lie where they say', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789.,/ %MGCIUL'.split(''), ' MG', ' I.U.', '/ML'),
    });
    fc.assert(
      fc.property(text, (name) => {
        for (const { amount, start, end } of findStrengths(name)) {
          expect(amount).toMatch(/^(?!0$)(?:0|[1-9]\d{0,11})(?:\.\d{0,5}[1-9])?$/);
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(name.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
