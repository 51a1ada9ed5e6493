import { describe, expect, it } from 'vitest';
import { isAnsweredFor, wasThereAtEntry } from './bypassed.domain';

const rx = { createdAt: '2026-11-30T10:00:00.123Z' };

describe('what somebody went on in spite of', () => {
  it.each([
    ['a stop raised as it was entered', true, '2026-11-30T10:00:00.123Z', true],
    ['the same instant written in another zone', true, '2026-11-30T12:00:00.123+02:00', true],
    ['a stop raised later', true, '2026-11-30T10:00:01Z', false],
    ['what does not stop', false, '2026-11-30T10:00:00.123Z', false],
  ])('%s', (_, stops, raisedAt, expected) => {
    expect(wasThereAtEntry({ stops, raisedAt }, rx)).toBe(expected);
  });

  it('is answered for one fill, not for the next', () => {
    const alert = { overrides: [{ fillId: 4 }] };
    expect([isAnsweredFor(alert, 4), isAnsweredFor(alert, 5)]).toEqual([true, false]);
  });
});
