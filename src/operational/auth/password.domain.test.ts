import { describe, expect, it } from 'vitest';

import { commonPasswordCount, isCommonPassword } from './common-passwords.js';
import {
  checkNewPassword,
  MIN_PASSWORD_ALONE,
  MIN_PASSWORD_WITH_FACTOR,
  normalizePassword,
  PasswordRefused,
} from './password.domain.js';

const check = (password: string, minimum = MIN_PASSWORD_ALONE, username = 'someone'): void =>
  checkNewPassword(password, {
    pointer: '/password',
    minimum,
    username,
    words: ['meditory', 'Salma Hassan', 'Nile Branch', 'NILE-01'],
    isCommon: isCommonPassword,
  });

describe('a new password', () => {
  it.each([
    ['fifteen characters', 'quiet river 738'],
    ['spaces and no digits', 'plain words and nothing else'],
    ['Arabic', 'صيدلية على الناصية'],
    ['emoji, counted as characters', '🍎🍐🍊🍋🍌🍉🍇🍓🫐🍈🍒🍑🍍🥝🥥'],
    ['200 characters', 'abcde fghij'.repeat(18).padEnd(200, 'k')],
    ['with the name of the shop, and enough beside it', 'meditory sells green umbrellas'],
  ])('may be: %s', (_, password) => {
    expect(() => check(password)).not.toThrow();
  });

  it.each([
    ['seven characters', 'abcdefg', /at least 15/],
    ['fourteen characters', 'abcdef ghijkmo', /at least 15/],
    ['fourteen emoji', '🍎🍐🍊🍋🍌🍉🍇🍓🫐🍈🍒🍑🍍🥝', /at least 15/],
    ['201 characters', 'abcde fghij'.repeat(18).padEnd(201, 'k'), /at most 200/],
    ['the same characters again and again', 'abababababababab', /repeats/],
    ['a common one said twice', 'sunshinesunshine', /common/],
    ['a common one with digits around it', '20261 Sunshine 20261', /common/],
    ['a common one spaced out', 'correct horse battery staple', /common/],
    ['a common one in full-width letters', 'ｐａｓｓｗｏｒｄ１２３４５６７', /common/],
    ['the digits in a row', '123456789012345', /keys/],
    ['the keys in a row', 'qwertyuiopasdfgh', /keys/],
    ['the alphabet backwards', 'zyxwvutsrqponmlk', /keys/],
    ['names of the shop and a year', 'NileBranch-Meditory2026', /name of/],
    ['his own name and a year', 'salma hassan 20262026', /name of/],
  ])('may not be: %s', (_, password, reason) => {
    expect(() => check(password)).toThrow(PasswordRefused);
    expect(() => check(password)).toThrow(reason);
  });

  it('may be shorter where there is a second factor', () => {
    expect(() => check('quiet river7', MIN_PASSWORD_WITH_FACTOR)).not.toThrow();
    expect(() => check('abcdef ghij', MIN_PASSWORD_WITH_FACTOR)).toThrow(/at least 12/);
  });

  it('may not be the user name, in any case', () => {
    expect(() => check('Salma.Pharmacist', 15, 'salma.pharmacist')).toThrow(/user name/);
  });

  it('is the same however the keyboard composes it', () => {
    expect(normalizePassword('cafe\u0301 au lait chaud')).toBe(normalizePassword('café au lait chaud'));
  });

  it('is compared with more than ten thousand that are guessed first', () => {
    expect(commonPasswordCount()).toBeGreaterThan(10_000);
    for (const common of ['password', 'iloveyou', 'pharmacy', 'صيدلية', 'liverpool'])
      expect(isCommonPassword(common)).toBe(true);
    expect(isCommonPassword('seven green bottles')).toBe(false);
  });
});
