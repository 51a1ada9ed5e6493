import { describe, expect, it } from 'vitest';
import { isReasoned, rememberedOf } from './override.domain';

describe('the note of an override', () => {
  it('must say something', () => {
    const empty = [
      '',
      '     ',
      'ok...',
      '.....',
      'aaaaa',
      'ababab',
      '12345',
      'n/a none',
      'same as before',
      'لا يوجد',
    ];
    for (const text of empty) expect(isReasoned(text), text).toBe(false);
  });

  it('may be in any script', () => {
    expect(isReasoned('INR is monitored weekly')).toBe(true);
    expect(isReasoned('تمت المتابعة')).toBe(true);
  });
});

describe('an earlier decision', () => {
  const first = { overriddenAt: '2026-01-02T10:00:00Z' };
  const last = { overriddenAt: '2026-03-02T10:00:00Z' };
  const alert = { alertId: 7, severity: 'major', overrides: [first, last, first] };

  it('is remembered as the latest one', () => {
    expect(rememberedOf(alert, new Set())).toBe(last);
    expect(rememberedOf({ ...alert, overrides: [] }, new Set())).toBeUndefined();
  });

  it('does not answer a contraindicated finding, nor one the server asks about', () => {
    expect(rememberedOf({ ...alert, severity: 'contraindicated' }, new Set())).toBeUndefined();
    expect(rememberedOf(alert, new Set([7]))).toBeUndefined();
    expect(rememberedOf(alert, new Set([8]))).toBe(last);
  });
});
