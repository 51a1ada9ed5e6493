import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  gtinOfNdc10,
  ndc10OfGtin,
  NDC_SHAPES,
  ndcsOfTen,
  readHyphenatedNdc,
  tensOfNdc11,
} from './ndc.domain.js';
import { readBarcode } from './read-barcode.domain.js';

const read = (text: string) => readBarcode(text, { today: '2026-11-24' });
const ten = fc.stringMatching(/^\d{10}$/);
const shape = fc.constantFrom(...NDC_SHAPES);

const hyphenate = (digits: string, [labeler, product]: readonly [number, number, number]): string =>
  `${digits.slice(0, labeler)}-${digits.slice(labeler, labeler + product)}-${digits.slice(labeler + product)}`;

describe('an NDC', () => {
  it('of ten digits with hyphens becomes eleven and is among those they may come from', () => {
    fc.assert(
      fc.property(ten, shape, (digits, cut) => {
        const printed = hyphenate(digits, cut);
        const [ndc] = readHyphenatedNdc(printed) ?? [];
        expect(ndc?.ndc11).toMatch(/^\d{11}$/);
        expect(tensOfNdc11(ndc?.ndc11 ?? '')).toContain(printed);
        expect(read(printed)).toMatchObject({ kind: 'product', form: 'ndc', gtin: null, ndcs: [ndc] });
      }),
    );
  });

  it('of eleven digits goes back to every form it may have had, and each of them to it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{11}$/), (ndc11) => {
        const tens = tensOfNdc11(ndc11);
        for (const printed of tens) expect(readHyphenatedNdc(printed)).toEqual([{ ndc11, ndc10: printed }]);
        const zeros = [ndc11[0], ndc11[5], ndc11[9]].filter((digit) => digit === '0').length;
        expect(tens).toHaveLength(zeros);
      }),
    );
  });

  it('of ten digits without hyphens is never decided', () => {
    fc.assert(
      fc.property(ten, (digits) => {
        const all = NDC_SHAPES.map((cut) => readHyphenatedNdc(hyphenate(digits, cut))?.[0]);
        expect(ndcsOfTen(digits)).toEqual(expect.arrayContaining(all));
        expect(read(digits)).toMatchObject({ kind: 'ambiguous', reason: 'ndc' });
      }),
    );
  });

  it('goes into a GTIN and comes out again, also out of its UPC-A', () => {
    fc.assert(
      fc.property(ten, (digits) => {
        const gtin = gtinOfNdc10(digits);
        expect(ndc10OfGtin(gtin)).toBe(digits);
        for (const code of [gtin, gtin.slice(2), `(01)${gtin}`])
          expect(read(code)).toMatchObject({ kind: 'product', gtin, ndcs: ndcsOfTen(digits) });
      }),
    );
  });
});
