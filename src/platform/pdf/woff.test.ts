import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

import { sfntOf } from './woff.js';

const FILE = '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff';
const woff = readFileSync(createRequire(import.meta.url).resolve(FILE));

/** Sum of the words of a table, as its file says it. */
function checksumOf(table: Buffer): number {
  const words = Buffer.alloc((table.length + 3) & ~3);
  table.copy(words);
  let sum = 0;
  for (let at = 0; at < words.length; at += 4) sum = (sum + words.readUInt32BE(at)) >>> 0;
  return sum;
}

describe('a font out of its WOFF file', () => {
  it('has every table with the sum that it says', () => {
    const sfnt = sfntOf(woff);
    expect(sfnt.readUInt32BE(0)).toBe(0x00010000);
    const count = sfnt.readUInt16BE(4);
    expect(count).toBe(woff.readUInt16BE(12));
    for (let index = 0; index < count; index += 1) {
      const at = 12 + index * 16;
      const tag = sfnt.toString('latin1', at, at + 4);
      const [checksum, offset, length] = [4, 8, 12].map((so) => sfnt.readUInt32BE(at + so));
      const table = sfnt.subarray(offset, (offset ?? 0) + (length ?? 0));
      expect(table.length, tag).toBe(length);
      // The sum of `head` leaves out the sum of the whole file, which stands in it.
      if (tag === 'head') table.writeUInt32BE(0, 8);
      expect(checksumOf(table), tag).toBe(checksum);
    }
  });

  it('is refused where the bytes are no such file', () => {
    expect(() => sfntOf(Buffer.from('wOF2 and so on'))).toThrow('no WOFF');
    expect(() => sfntOf(Buffer.alloc(100))).toThrow('no WOFF');
    expect(() => sfntOf(woff.subarray(0, 2_000))).toThrow();
  });
});
