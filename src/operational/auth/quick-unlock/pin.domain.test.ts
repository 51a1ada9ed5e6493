import { describe, expect, it } from 'vitest';

import { checkNewPin, normalizeBadge, PinRefused } from './pin.domain.js';

describe('a new PIN', () => {
  it.each(['0000', '111111', '1234', '45678', '9876', '3210', '8901', '1212', '474747'])(
    'is not %s, which is guessed early',
    (pin) => {
      expect(() => checkNewPin(pin)).toThrow(PinRefused);
    },
  );

  it.each(['2580', '7391', '1357', '112233', '90210', '12121'])('may be %s', (pin) => {
    expect(() => checkNewPin(pin)).not.toThrow();
  });
});

describe('a badge code', () => {
  it('is the same however the scanner sends it', () => {
    expect(normalizeBadge(' mb-ab12\r\n')).toBe('MB-AB12');
  });
});
