import { isUtf8 } from 'node:buffer';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkUtf8 } from './utf8.domain.js';

describe('checkUtf8', () => {
  it('takes every well-formed text whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = Buffer.from(text.toWellFormed());
        expect(checkUtf8(bytes)).toEqual({ valid: bytes.length, isBroken: false });
      }),
    );
  });

  it('agrees with the runtime on any bytes, and stops at a character boundary', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const { valid, isBroken } = checkUtf8(bytes);
        expect(valid === bytes.length && !isBroken).toBe(isUtf8(bytes));
        expect(isUtf8(bytes.subarray(0, valid))).toBe(true);
        if (!isBroken) expect(bytes.length - valid).toBeLessThan(4);
      }),
      { numRuns: 500 },
    );
  });

  it('tells a character cut off at the end from a broken one', () => {
    const arabic = Buffer.from('ا€😀');
    for (let end = 0; end <= arabic.length; end++)
      expect(checkUtf8(arabic.subarray(0, end)).isBroken).toBe(false);
    expect(checkUtf8(Buffer.from([0x41, 0xc0, 0x80]))).toEqual({ valid: 1, isBroken: true });
    expect(checkUtf8(Buffer.from([0xed, 0xa0, 0x80]))).toEqual({ valid: 0, isBroken: true });
  });
});
