import { describe, expect, it } from 'vitest';
import { expiryBand } from './expiry.domain';

describe('expiry bands', () => {
  it('still counts a lot good on the day it expires', () => {
    expect(expiryBand(0)).toBe('within30');
    expect(expiryBand(-1)).toBe('expired');
  });

  it('changes band after 30, 60 and 90 days', () => {
    const days = [30, 31, 60, 61, 90, 91];
    expect(days.map(expiryBand)).toEqual([
      'within30',
      'within60',
      'within60',
      'within90',
      'within90',
      'later',
    ]);
  });

  it('keeps lots without a stated expiry apart', () => {
    expect(expiryBand(undefined)).toBe('none');
  });
});
