import { inflateSync } from 'node:zlib';

const WOFF = 0x774f4646; // "wOFF"
const HEADER = 44;
const ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

const padded = (length: number): number => (length + 3) & ~3;

/**
 * The font a WOFF 1.0 file holds, as a TrueType or OpenType file: its tables inflated once, in place of at every letter that is drawn.
 * Throws an Error where the bytes are no such file. Source: https://www.w3.org/TR/WOFF/
 */
export function sfntOf(woff: Buffer): Buffer {
  if (woff.length < HEADER || woff.readUInt32BE(0) !== WOFF) throw new Error('This is no WOFF 1.0 file.');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = HEADER + index * ENTRY;
    const [offset, packed, length] = [
      woff.readUInt32BE(at + 4),
      woff.readUInt32BE(at + 8),
      woff.readUInt32BE(at + 12),
    ];
    const bytes = woff.subarray(offset, offset + packed);
    const content = packed < length ? inflateSync(bytes, { maxOutputLength: length }) : bytes;
    if (content.length !== length) throw new Error('A table of this WOFF file is not as long as it says.');
    return { tag: woff.readUInt32BE(at), checksum: woff.readUInt32BE(at + 16), content };
  });
  const start = SFNT_HEADER + count * SFNT_ENTRY;
  const size = tables.reduce((sum, { content }) => sum + padded(content.length), start);
  const sfnt = Buffer.alloc(size);
  const power = 2 ** Math.floor(Math.log2(Math.max(1, count)));
  sfnt.writeUInt32BE(woff.readUInt32BE(4), 0);
  sfnt.writeUInt16BE(count, 4);
  sfnt.writeUInt16BE(power * 16, 6);
  sfnt.writeUInt16BE(Math.log2(power), 8);
  sfnt.writeUInt16BE((count - power) * 16, 10);
  let offset = start;
  for (const [index, { tag, checksum, content }] of tables.entries()) {
    const at = SFNT_HEADER + index * SFNT_ENTRY;
    sfnt.writeUInt32BE(tag, at);
    sfnt.writeUInt32BE(checksum, at + 4);
    sfnt.writeUInt32BE(offset, at + 8);
    sfnt.writeUInt32BE(content.length, at + 12);
    content.copy(sfnt, offset);
    offset += padded(content.length);
  }
  return sfnt;
}
