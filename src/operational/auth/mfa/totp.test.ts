import { describe, expect, it } from 'vitest';

import { base32, matchingCode, newTotpSecret, otpauthUri, stepOf, totpAt } from './totp.js';

/** Appendix B of RFC 6238, its SHA-1 rows: eight digits there, of which an app shows the last six. */
const SECRET = Buffer.from('12345678901234567890');
const PUBLISHED = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;

describe('a code of an authenticator app', () => {
  it.each(PUBLISHED)('at second %d is the one of the RFC', (second, code) => {
    expect(totpAt(SECRET, stepOf(new Date(second * 1000)))).toBe(code.slice(2));
  });

  /** Seconds of the time of a code, from before its step to after it, at which it counts for a phone of this drift. */
  const goodAt = (known: number): number[] => {
    const begins = 1_700_000_010;
    const code = totpAt(SECRET, stepOf(new Date(begins * 1000)));
    return Array.from({ length: 151 }, (_, n) => n - 60).filter(
      (second) => matchingCode(SECRET, code, new Date((begins + second) * 1000), known)?.isOfNow,
    );
  };

  it.each([0, -30, -7, 12, 30])(
    'counts for thirty seconds and no longer, the clock of its phone %d seconds off',
    (known) => {
      const seconds = goodAt(known);
      expect(seconds).toHaveLength(30);
      expect([seconds[0], seconds.at(-1)]).toEqual([0 - known, 29 - known]);
    },
  );

  it('tells by a step early or late how far the clock of its phone is off, and by no other', () => {
    for (const second of [0, 1, 17, 29]) {
      const now = new Date((1_700_000_010 + second) * 1000);
      const step = stepOf(now);
      for (const off of [-1, 1]) {
        const code = totpAt(SECRET, step + off);
        const match = matchingCode(SECRET, code, now, 0);
        expect(match).toEqual({
          step: step + off,
          driftSeconds: off < 0 ? -second - 1 : 30 - second,
          isOfNow: false,
        });
        // What was learned explains the code that told it.
        expect(matchingCode(SECRET, code, now, match?.driftSeconds ?? 0)?.isOfNow).toBe(true);
      }
      expect(matchingCode(SECRET, totpAt(SECRET, step), now, 0)).toEqual({
        step,
        driftSeconds: 0,
        isOfNow: true,
      });
      for (const off of [-2, 2])
        expect(matchingCode(SECRET, totpAt(SECRET, step + off), now, 0)).toBeUndefined();
    }
    for (const code of ['', '12345', '1234567', 'abcdef', '٣٤٥٦٧٨'])
      expect(matchingCode(SECRET, code, new Date(1_700_000_000_000), 0)).toBeUndefined();
  });

  it('comes from a secret an app can take', () => {
    expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(base32(Buffer.from('foob'))).toBe('MZXW6YQ');
    const secret = newTotpSecret();
    expect(secret).toHaveLength(20);
    expect(otpauthUri(secret, 'mona')).toBe(
      `otpauth://totp/Meditory%3Amona?secret=${base32(secret)}&issuer=Meditory&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
