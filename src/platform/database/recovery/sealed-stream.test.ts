// What is encrypted comes back as it was; whatever is done to it is found.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BackupKey } from './backup-key.js';
import { HEADER_BYTES, opening, sealing } from './sealed-stream.js';

const CHUNK = 64 * 1024;
const keyOf = (): BackupKey => ({ id: 'test', bytes: randomBytes(32) });
const key = keyOf();

async function through(bytes: Buffer, transform: NodeJS.ReadWriteStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of Readable.from([bytes]).compose(transform) as AsyncIterable<Buffer>)
    parts.push(part);
  return Buffer.concat(parts);
}
const seal = (bytes: Buffer, purpose = 'a'): Promise<Buffer> => through(bytes, sealing(key, purpose));
const open = (sealed: Buffer, by = key, purpose = 'a'): Promise<Buffer> =>
  through(sealed.subarray(HEADER_BYTES), opening(by, purpose, sealed.subarray(0, HEADER_BYTES), 'the file'));

describe('a sealed stream', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17])(
    'gives %i bytes back',
    async (length) => {
      const bytes = randomBytes(length);
      expect((await open(await seal(bytes))).equals(bytes)).toBe(true);
    },
  );

  it('never looks the same twice', async () => {
    const bytes = Buffer.from('the same');
    expect((await seal(bytes)).equals(await seal(bytes))).toBe(false);
  });

  it('is not opened with another key, nor as something else', async () => {
    const sealed = await seal(Buffer.from('secret'));
    await expect(open(sealed, keyOf())).rejects.toThrow('cannot be decrypted');
    await expect(open(sealed, key, 'b')).rejects.toThrow('cannot be decrypted');
  });

  it('tells of every flipped bit', async () => {
    const sealed = await seal(randomBytes(2 * CHUNK + 5));
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        await expect((async () => open(changed))()).rejects.toThrow('the file');
      }),
      { numRuns: 60 },
    );
  });

  it('tells of every cut, at the border of a chunk too', async () => {
    const sealed = await seal(randomBytes(2 * CHUNK + 5));
    const whole = CHUNK + 16;
    for (const length of [
      0,
      7,
      HEADER_BYTES,
      HEADER_BYTES + 15,
      HEADER_BYTES + whole,
      HEADER_BYTES + 2 * whole,
      sealed.length - 1,
    ])
      // prettier-ignore
      await expect((async () => open(sealed.subarray(0, length)))()).rejects.toThrow('the file');
  });

  it('tells of chunks that were exchanged', async () => {
    const sealed = await seal(randomBytes(3 * CHUNK));
    const at = (n: number): Buffer => sealed.subarray(HEADER_BYTES + n * (CHUNK + 16), HEADER_BYTES + (n + 1) * (CHUNK + 16)); // prettier-ignore
    const swapped = Buffer.concat([sealed.subarray(0, HEADER_BYTES), at(1), at(0), at(2)]);
    await expect(open(swapped)).rejects.toThrow('the file');
  });
});
