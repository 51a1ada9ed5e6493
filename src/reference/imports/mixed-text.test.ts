import { describe, expect, it } from 'vitest';

import { MixedTextDecoder } from './mixed-text.js';

/** The text of bytes handed over in pieces of a size. */
function decode(bytes: Buffer, size: number): string {
  const decoder = new MixedTextDecoder();
  let text = '';
  for (let at = 0; at < bytes.length; at += size)
    text += decoder.push(bytes.subarray(at, at + size)).toString();
  return text + decoder.end().toString();
}

describe('text of which each line has its own encoding', () => {
  const mixed = Buffer.concat([
    Buffer.from('Comprimé à croquer\r\n', 'utf8'),
    Buffer.from('Dr.Reddy\u0092s Cr\u00e8me\r\n', 'latin1'),
    Buffer.from('plain\n', 'latin1'),
    Buffer.from('P\u00f4le', 'latin1'),
  ]);
  const expected = 'Comprimé à croquer\r\nDr.Reddy’s Crème\r\nplain\nPôle';

  it.each([1, 2, 3, 7, 1000])('is read line by line, in pieces of %i bytes', (size) => {
    expect(decode(mixed, size)).toBe(expected);
  });

  it('passes UTF-8 as it is, characters cut in two included', () => {
    expect(decode(Buffer.from('دواء\nميسي', 'utf8'), 3)).toBe('دواء\nميسي');
  });

  it('makes a control character of a byte windows-1252 does not define', () => {
    expect(decode(Buffer.from([0x41, 0x81, 0x0a]), 9)).toBe('A\u0081\n');
  });

  it('does not wait for the end of a line that never comes', () => {
    const decoder = new MixedTextDecoder();
    expect(decoder.push(Buffer.alloc(1024 * 1024 + 1, 0x41)).length).toBeGreaterThan(0);
  });
});
