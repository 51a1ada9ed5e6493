import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RuleViolation } from '../../platform/errors/domain-error.js';
import { assertPromise, promisedBy } from './promise.domain.js';

const NOW = new Date('2026-11-30T14:03:41.250Z');

describe('a promised time', () => {
  it('is so many minutes from now, on the minute', () => {
    expect(promisedBy(NOW, 20)).toBe('2026-11-30T14:23:00.000Z');
    expect(promisedBy(new Date('2026-12-31T23:59:59Z'), 1)).toBe('2027-01-01T00:00:00.000Z');
  });

  it('is never later than asked for, and less than a minute earlier', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 10_080 }),
        (now, minutes) => {
          const early = now.getTime() + minutes * 60_000 - Date.parse(promisedBy(now, minutes));
          expect(early).toBeGreaterThanOrEqual(0);
          expect(early).toBeLessThan(60_000);
        },
      ),
    );
  });

  it.each([
    [undefined, true],
    [null, true],
    ['2026-11-29T14:04:00Z', true],
    ['2026-11-29T14:03:00Z', false],
    ['2027-11-30T14:03:00+02:00', true],
    ['2027-12-02T00:00:00Z', false],
    ['9999-12-31T23:59:59Z', false],
  ])('%s: %s', (promisedAt, isPossible) => {
    const assertion = () => assertPromise(promisedAt, NOW);
    if (isPossible) expect(assertion).not.toThrow();
    else expect(assertion).toThrow(RuleViolation);
  });
});
