// What a file is by its bytes: the four kinds, files of another kind, cut, poisoned or too large to be unpacked.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aJpeg, aPdf, aPng, aWebp } from '../../../test/builders/paper.js';
import { judgeContent, MOST_PIXELS } from './document-content.domain.js';

const WHOLE = [
  ['image/jpeg', aJpeg()],
  ['image/png', aPng()],
  ['image/webp', aWebp()],
  ['application/pdf', aPdf()],
] as const;

describe('what a paper is', () => {
  it.each(WHOLE)('tells %s by its bytes', (mediaType, bytes) => {
    expect(judgeContent(bytes)).toEqual({ mediaType });
  });

  it.each([
    ['nothing', '', 'empty'],
    ['a page of the web', '<!doctype html><script>alert(1)</script>', 'not-a-paper'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'not-a-paper'],
    ['a page that becomes a PDF later on', `<html><script>1</script>\n${aPdf().toString()}`, 'not-a-paper'],
    ['a GIF', 'GIF89a/*\x01\x00*/=1;alert(1)', 'not-a-paper'],
    ['an archive', 'PK\x03\x04 and so on', 'not-a-paper'],
    ['a program', 'MZ\x90\x00\x03', 'not-a-paper'],
    ['a PDF of no version', '%PDF-<script>', 'not-a-paper'],
    ['the first bytes of a JPEG', '\xff\xd8\xff', 'not-a-paper'],
    ['a JPEG that never ends', '\xff\xd8\xff\xe0<script>alert(1)</script>', 'cut-off'],
    [
      'a JPEG without a frame',
      '\xff\xd8\xff\xe0\x00\x04ab\xff\xd9\x00\x00\x00\x00\x00\x00\x00\x00',
      'cut-off',
    ],
  ])('refuses %s', (_name, content, fault) => {
    expect(judgeContent(Buffer.from(content, 'latin1'))).toEqual({ fault });
  });

  it('refuses a picture that unpacks to more than a browser can hold, whatever its bytes weigh', () => {
    const side = Math.ceil(Math.sqrt(MOST_PIXELS)) + 1;
    for (const bytes of [aJpeg({ width: side, height: side }), aWebp({ width: side, height: side })])
      expect(judgeContent(bytes)).toEqual({ fault: 'too-many-pixels' });
    const bomb = aPng();
    bomb.writeUInt32BE(0xffff_ffff, 16);
    expect(judgeContent(bomb)).toEqual({ fault: 'too-many-pixels' });
  });

  it('refuses a picture of no width', () => {
    expect(judgeContent(aJpeg({ width: 0 }))).toEqual({ fault: 'cut-off' });
  });

  it('takes a whole file only, cut where it may be', () => {
    for (const [, bytes] of WHOLE)
      fc.assert(
        fc.property(fc.integer({ min: 0, max: bytes.length - 8 }), (length) => {
          expect(judgeContent(bytes.subarray(0, length))).toHaveProperty('fault');
        }),
      );
  });

  it('judges any bytes without failing, and never as a picture what does not begin as one', () => {
    const begin = fc.constantFrom(...WHOLE.map(([, bytes]) => bytes.subarray(0, 20)), Buffer.alloc(0));
    fc.assert(
      fc.property(begin, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        const verdict = judgeContent(Buffer.concat([head, rest]));
        if (head.length === 0 && 'mediaType' in verdict) expect([0xff, 0x89, 0x52, 0x25]).toContain(rest[0]);
      }),
    );
  });
});
