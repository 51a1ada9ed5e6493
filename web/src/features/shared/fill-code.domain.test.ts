import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillIdOfCode, isFillCode } from './fill-code.domain';

describe('the barcode of a label', () => {
  it('means its fill, whatever the scanner puts before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), (fillId) => {
        const code = `F${String(fillId).padStart(8, '0')}`;
        expect(fillIdOfCode(code)).toBe(fillId);
        expect(fillIdOfCode(`]C1${code.toLowerCase()} `)).toBe(fillId);
      }),
    );
  });

  it.each(['5901234123457', 'F123', 'F00000000', 'F1234567890123', 'RX0000012', '(01)09521234543213', ''])(
    'is not %s',
    (code) => expect(isFillCode(code)).toBe(false),
  );
});
