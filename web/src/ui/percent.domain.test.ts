import { describe, expect, it } from 'vitest';
import { percentOfShare, shareOfPercent } from './percent.domain';

describe('a percentage', () => {
  it.each([
    ['14', '0.14'],
    ['12.5', '0.125'],
    ['0.01', '0.0001'],
    ['0', '0'],
    ['100', '1'],
  ])('of %s is the share %s, and back', (percent, share) => {
    expect(shareOfPercent(percent)).toBe(share);
    expect(percentOfShare(share)).toBe(percent);
  });

  it.each(['', '-1', '100.01', '1.005', 'x'])('is not "%s"', (text) => {
    expect(shareOfPercent(text)).toBeUndefined();
  });
});
