import { describe, expect, it } from 'vitest';
import { isReasoned } from './override.domain';

describe('the note of an override', () => {
  it('must say something', () => {
    for (const text of ['', '     ', 'ok...', '.....', 'aaaaa', 'ababab'])
      expect(isReasoned(text)).toBe(false);
  });

  it('may be in any script', () => {
    expect(isReasoned('INR is monitored weekly')).toBe(true);
    expect(isReasoned('تمت المتابعة')).toBe(true);
  });
});
