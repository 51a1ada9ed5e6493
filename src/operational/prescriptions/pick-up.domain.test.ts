import { describe, expect, it } from 'vitest';

import {
  checkIdentifiers,
  isSignature,
  needsCounselling,
  SIGNATURE_BYTES,
  type Identifiers,
} from './pick-up.domain.js';

const MONA = {
  firstName: 'Mona',
  lastName: 'Abdel Rahman',
  firstNameAr: 'منى',
  lastNameAr: 'عبد الرحمن',
  birthDate: '1980-05-17',
  phone: '+20 100 555 0198',
  nationalId: '28005170100123',
};
const check =
  (told: Identifiers, patient = MONA) =>
  () =>
    checkIdentifiers(told, patient, 7);

describe('particulars told at the counter', () => {
  it.each([
    [{ name: 'mona abdel-rahman' }],
    [{ name: 'Rahman, Mona' }],
    [{ name: 'منى عبد الرحمن' }],
    [{ birthDate: '1980-05-17' }],
    [{ phone: '0100 5550198' }],
    [{ phone: '٠١٠٠٥٥٥٠١٩٨' }],
    [{ phone: '5550198' }],
    [{ nationalId: '2800517 0100123' }],
    [{ name: 'Mona Rahman', birthDate: '1980-05-17' }],
  ] as Identifiers[][])('agree: %o', (told = {}) => {
    expect(check(told)()).toEqual(Object.keys(told));
  });

  it.each([
    [{ name: 'Mona' }],
    [{ name: 'Mona Adel' }],
    [{ name: '' }],
    [{ birthDate: '1980-05-18' }],
    [{ phone: '198' }],
    [{ phone: '0100 555 0199' }],
    [{ nationalId: '28005170100124' }],
    [{ nationalId: '' }],
  ] as Identifiers[][])('do not: %o', (told = {}) => {
    expect(check(told)).toThrow(
      expect.objectContaining({ code: 'identifier-mismatch', params: { mismatched: Object.keys(told) } }),
    );
  });

  it('are all to agree, and what is not on record agrees with nothing', () => {
    expect(check({ name: 'Mona Rahman', birthDate: '1980-01-01' })).toThrow(
      expect.objectContaining({ params: { mismatched: ['birthDate'] } }),
    );
    const unknown = { ...MONA, phone: '', nationalId: '' };
    for (const told of [{ phone: '' }, { nationalId: '' }, { phone: '5550198' }])
      expect(check(told, unknown)).toThrow();
    expect(check({})()).toEqual([]);
  });
});

describe('counselling', () => {
  it('is asked for by the policy of the branch', () => {
    const first = { fillNumber: 0, partNumber: 1 };
    const rest = { fillNumber: 0, partNumber: 2 };
    const refill = { fillNumber: 1, partNumber: 1 };
    expect([first, rest, refill].map((fill) => needsCounselling('optional', fill))).toEqual([
      false,
      false,
      false,
    ]);
    expect([first, rest, refill].map((fill) => needsCounselling('first_fill', fill))).toEqual([
      true,
      false,
      false,
    ]);
    expect([first, rest, refill].map((fill) => needsCounselling('always', fill))).toEqual([true, true, true]);
  });
});

describe('a signature', () => {
  const png = (width: number, height: number, length = 64): Uint8Array => {
    const image = Buffer.alloc(length);
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(image);
    image.writeUInt32BE(width, 16);
    image.writeUInt32BE(height, 20);
    return image;
  };
  it('is a PNG image of a bounded size', () => {
    expect(isSignature(png(600, 200))).toBe(true);
    expect(isSignature(png(600, 200, SIGNATURE_BYTES))).toBe(true);
    expect(isSignature(png(600, 200, SIGNATURE_BYTES + 1))).toBe(false);
    expect(isSignature(png(0, 200))).toBe(false);
    expect(isSignature(png(100_000, 100_000))).toBe(false);
    expect(isSignature(Buffer.from('<svg onload="x">'.padEnd(64)))).toBe(false);
    expect(isSignature(png(600, 200).slice(0, 20))).toBe(false);
  });
});
