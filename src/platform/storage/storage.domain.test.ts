import { describe, expect, it } from 'vitest';

import { isFilling, megabytes, nearlyFull, neededBytes, type Volume } from './storage.domain.js';

const MB = 1024 * 1024;
const LIMITS = { minFreeBytes: 512 * MB, minFreePercent: 3, warnPercent: 85 };
const volume = (freeMb: number, sizeMb: number): Volume => ({
  name: 'data',
  freeBytes: freeMb * MB,
  sizeBytes: sizeMb * MB,
});

describe('a volume is nearly full', () => {
  it.each([
    ['below 512 MB of a small one', 511, 10_000, true],
    ['not at 512 MB of a small one', 512, 10_000, false],
    ['below three hundredths of a large one', 2999, 100_000, true],
    ['not at three hundredths of a large one', 3000, 100_000, false],
  ])('%s', (_, free, size, isFull) => {
    expect(nearlyFull([volume(free, size)], LIMITS, false)).toHaveLength(isFull ? 1 : 0);
  });

  it('until a tenth more than needed is free, so that writing does not flicker', () => {
    expect(nearlyFull([volume(550, 10_000)], LIMITS, true)).toHaveLength(1);
    expect(nearlyFull([volume(564, 10_000)], LIMITS, true)).toHaveLength(0);
  });

  it('names the one that is, among several', () => {
    const wal = { ...volume(1, 10_000), name: 'wal' };
    expect(nearlyFull([volume(9000, 10_000), wal], LIMITS, false)).toEqual([wal]);
  });

  it('says sizes in words, rounded down', () => {
    expect(megabytes(neededBytes(volume(0, 100_000), LIMITS))).toBe('3000 MB');
    expect(megabytes(1.9 * MB)).toBe('1 MB');
  });
});

describe('a volume fills up', () => {
  it.each([
    ['from 85 of a hundred in use on', 1500, 10_000, true],
    ['not before', 1501, 10_000, false],
    ['unless nothing is known of it', 0, 0, false],
  ])('%s', (_, free, size, is) => {
    expect(isFilling(volume(free, size), LIMITS)).toBe(is);
  });
});
