import { describe, expect, it } from 'vitest';
import { clockText, secondsLeft, shareRead, sizeText } from './progress.domain';

const half = { rows: 10_000, rowsPerSecond: 5_000, bytesRead: 1_000_000, bytesTotal: 2_000_000 };

describe('progress of an import', () => {
  it('tells how much is left from how fast the rows came', () => {
    expect(shareRead(half)).toBe(0.5);
    expect(secondsLeft(half)).toBe(2);
  });

  it('says nothing where nothing can be said', () => {
    expect(shareRead({ ...half, bytesTotal: 0 })).toBeUndefined();
    expect(secondsLeft({ ...half, rowsPerSecond: 0 })).toBeUndefined();
    expect(secondsLeft({ ...half, bytesTotal: 0 })).toBeUndefined();
  });

  it('is done at the end', () => {
    expect(secondsLeft({ ...half, bytesRead: 2_000_000 })).toBe(0);
    expect(shareRead({ ...half, bytesRead: 2_000_001 })).toBe(1);
  });

  it('writes times and sizes for people', () => {
    expect([clockText(5), clockText(125), clockText(3725)]).toEqual(['0:05', '2:05', '1:02:05']);
    expect([sizeText(512), sizeText(1_400_000), sizeText(213_000_000)]).toEqual([
      '512 B',
      '1.4 MB',
      '213 MB',
    ]);
  });
});
