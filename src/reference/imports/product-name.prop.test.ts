import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProductName } from './product-name.domain.js';

const amount = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('', '.5', '.25', '.125'))
  .map(([whole, fraction]) => `${whole}${fraction}`);

describe('parseProductName', () => {
  it('reads back strength, count and form of a regular name', () => {
    const unit = fc.constantFrom(
      ['TABS.', 'tablet'],
      ['CAPS.', 'capsule'],
      ['SUPP.', 'suppository'],
      ['AMP.', 'ampoule'],
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[B-DF-HJ-KM-Z]{5,9}$/),
        amount,
        fc.integer({ min: 1, max: 500 }),
        unit,
        (brand, mg, count, [word = '', base]) => {
          const read = parseProductName(`Q${brand} ${mg} MG ${count} ${word}`);
          expect(read.strengths).toEqual([{ amount: mg, unit: 'mg' }]);
          expect(read.unitsPerPack).toBe(count);
          expect(read.baseUnit).toBe(base);
        },
      ),
    );
  });

  it('never throws and always gives a whole pack of at least one unit', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'0123456789 X*./%()TABSMGLCV'.split('')) }),
        ),
        (name) => {
          const { unitsPerPack, unitsPerStrip } = parseProductName(name);
          expect(Number.isSafeInteger(unitsPerPack)).toBe(true);
          expect(unitsPerPack).toBeGreaterThanOrEqual(1);
          if (unitsPerStrip !== undefined) expect(unitsPerPack % unitsPerStrip).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
