import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readCode128 } from '../../reference/barcodes/symbol-reader.fixture.js';
import { code128, code128Svg } from './code128.domain.js';

describe('a Code 128 symbol', () => {
  it('says what it was drawn for, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.stringMatching(/^[ -~]{1,40}$/),
          fc.stringMatching(/^[A-Z]{0,3}[0-9]{1,12}[a-z]{0,3}[0-9]{0,9}$/).filter((text) => text !== ''),
        ),
        (text) => {
          expect(readCode128(code128(text))).toBe(`]C0${text}`);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('packs digits in pairs', () => {
    // Start, F, switch, four pairs, check: 8 symbols of 11 modules, and a stop of 13.
    expect(code128('F00000042').reduce((sum, width) => sum + width, 0)).toBe(8 * 11 + 13);
  });

  it.each(['', 'ä', 'a\n', 'x'.repeat(41)])('is not drawn for %j', (text) => {
    expect(() => code128(text)).toThrow(RangeError);
  });

  it('is inline SVG with quiet zones', () => {
    const svg = code128Svg('F1', 20);
    expect(svg).toMatch(/viewBox="0 0 \d+ 20"/);
    expect(svg).toContain('M10 0h2v20h-2z');
  });
});
