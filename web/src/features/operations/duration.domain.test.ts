import { describe, expect, it } from 'vitest';
import { durationWords } from './duration.domain';

describe('a duration in words', () => {
  it('has the unit people think of it', () => {
    expect(durationWords(0, 'en')).toBe('0 seconds');
    expect(durationWords(119, 'en')).toBe('119 seconds');
    expect(durationWords(120, 'en')).toBe('2 minutes');
    expect(durationWords(7199, 'en')).toBe('120 minutes');
    expect(durationWords(7200, 'en')).toBe('2 hours');
    expect(durationWords(172_800, 'en')).toBe('2 days');
  });

  it('is said in Arabic with Latin digits and the plural of the number', () => {
    expect(durationWords(30, 'ar')).toBe('30 ثانية');
    expect(durationWords(5 * 3600, 'ar')).toBe('5 ساعات');
  });
});
