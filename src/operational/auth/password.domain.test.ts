import { describe, expect, it } from 'vitest';

import { COMMON_PASSWORDS } from './common-passwords.domain.js';
import { checkNewPassword, normalizePassword, PasswordRefused } from './password.domain.js';

const check = (password: string, username = 'someone'): void =>
  checkNewPassword(password, username, '/password');

describe('a new password', () => {
  it.each([
    ['twelve characters', 'abcdef ghijk'],
    ['spaces and no digits', 'plain words and nothing else'],
    ['Arabic', 'صيدلية على الناصية'],
    ['emoji, counted as characters', '🍎🍐🍊🍋🍌🍉🍇🍓🫐🍈🍒🍑'],
    ['200 characters', 'abcdefghij'.repeat(20)],
  ])('may be: %s', (_, password) => {
    expect(() => check(password)).not.toThrow();
  });

  it.each([
    ['seven characters', 'abcdefg', /at least 12/],
    ['eleven characters', 'abcdefghijk', /at least 12/],
    ['eleven emoji', '🍎🍐🍊🍋🍌🍉🍇🍓🫐🍈🍒', /at least 12/],
    ['201 characters', `${'abcdefghij'.repeat(20)}k`, /at most 200/],
    ['the same characters again and again', 'abababababab', /repeats/],
    ['a common one', 'Password1234', /common/],
    ['a common one spaced out', 'correct horse battery staple', /common/],
    ['a common one in full-width letters', 'ｐａｓｓｗｏｒｄ１２３４', /common/],
  ])('may not be: %s', (_, password, reason) => {
    expect(() => check(password)).toThrow(PasswordRefused);
    expect(() => check(password)).toThrow(reason);
  });

  it('may not be the user name, in any case', () => {
    expect(() => check('Salma.Pharmacist', 'salma.pharmacist')).toThrow(/user name/);
  });

  it('is the same however the keyboard composes it', () => {
    expect(normalizePassword('cafe\u0301 au lait chaud')).toBe(normalizePassword('café au lait chaud'));
  });

  it('is compared with common ones that are long enough to matter', () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThanOrEqual(100);
    for (const common of COMMON_PASSWORDS) {
      expect(common.length, common).toBeGreaterThanOrEqual(12);
      expect(common).toBe(common.toLowerCase());
    }
  });
});
