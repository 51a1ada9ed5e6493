import { describe, expect, it } from 'vitest';

import { sizeWords } from './bytes.domain';

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 kB'],
    [1536, '1.5 kB'],
    [150 * 1024 * 1024, '150 MB'],
    [3 * 1024 ** 3, '3.0 GB'],
    [5000 * 1024 ** 4, '5000 TB'],
  ])('of %d bytes is %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});
