import { describe, expect, it } from 'vitest';

import { base32, matchingStep, newTotpSecret, otpauthUri, stepOf, totpAt } from './totp.js';

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

  it('is taken one step early or late, and not two', () => {
    const now = new Date(1_700_000_000_000);
    const step = stepOf(now);
    for (const off of [-1, 0, 1])
      expect(matchingStep(SECRET, totpAt(SECRET, step + off), now)).toBe(step + off);
    for (const off of [-2, 2]) expect(matchingStep(SECRET, totpAt(SECRET, step + off), now)).toBeUndefined();
    for (const code of ['', '12345', '1234567', 'abcdef', '٣٤٥٦٧٨'])
      expect(matchingStep(SECRET, code, now)).toBeUndefined();
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
