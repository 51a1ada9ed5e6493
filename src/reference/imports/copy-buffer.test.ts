import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CopyBuffer } from './copy-buffer.js';

describe('the bytes of rows on their way', () => {
  it('are the rows, whatever their length and script, and taken once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }))), (batches) => {
        const buffer = new CopyBuffer();
        for (const rows of batches) {
          // Long enough to be settled several times.
          for (const row of rows) buffer.push(row.repeat(200));
          const text = rows.map((row) => row.repeat(200)).join('');
          expect(new TextDecoder().decode(buffer.take())).toBe(text);
          expect(buffer.take()).toBeUndefined();
          expect(buffer.length).toBe(0);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are not touched by rows that come after they were taken', () => {
    const buffer = new CopyBuffer();
    buffer.push('first');
    const taken = buffer.take();
    buffer.push('later');
    expect(new TextDecoder().decode(taken)).toBe('first');
  });
});
