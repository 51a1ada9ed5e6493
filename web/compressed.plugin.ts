import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Less than fits one packet gains nothing. */
const WORTH_BYTES = 1400;
const TEXT = /\.(?:js|css|html|svg|webmanifest)$/;
const compressors = [
  ['.br', promisify(brotliCompress)],
  ['.gz', promisify(gzip)],
] as const;

/** Puts beside each text that is served its compressed forms, so that the server compresses nothing while a till waits. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      for (const file of Object.keys(bundle).filter((name) => TEXT.test(name))) {
        const text = await readFile(join(dir, file));
        if (text.length < WORTH_BYTES) continue;
        for (const [ending, compress] of compressors)
          await writeFile(join(dir, `${file}${ending}`), await compress(text));
      }
    },
  };
}
