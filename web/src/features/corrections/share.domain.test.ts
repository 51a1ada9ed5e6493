import { describe, expect, it } from 'vitest';
import { percentOf, shareOf } from './share.domain';

describe('a share as per cent', () => {
  it('goes both ways without a loss', () => {
    for (let parts = 0; parts <= 10_000; parts += 1) {
      const percent = String(parts / 100);
      const share = shareOf(percent);
      expect(share, percent).toMatch(/^(0(\.\d{1,4})?|1)$/);
      expect(percentOf(share ?? '')).toBe(percent);
    }
    expect(percentOf('0.0500')).toBe('5');
  });

  it('is refused where it is finer than it is kept, or no share', () => {
    for (const text of ['', '-1', '100.01', '5.005', 'x']) expect(shareOf(text), text).toBeUndefined();
  });
});
