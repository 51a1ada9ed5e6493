import { describe, expect, it } from 'vitest';

import { assertRefillsAllowed, controlledRule, lastValidDay } from './controlled.domain.js';

describe('controlled schedules', () => {
  it('allow no refill of schedule II and five of III to V in the US', () => {
    expect(() => assertRefillsAllowed('US', 'II', 1)).toThrow(
      expect.objectContaining({
        code: 'controlled-refills',
        status: 422,
        params: expect.objectContaining({ maxRefills: 0 }) as unknown,
      }),
    );
    expect(() => assertRefillsAllowed('US', 'II', 0)).not.toThrow();
    for (const schedule of ['III', 'IV', 'V'] as const) {
      expect(() => assertRefillsAllowed('US', schedule, 5)).not.toThrow();
      expect(() => assertRefillsAllowed('US', schedule, 6)).toThrow(/at most 5/);
    }
  });

  it('have no rule where the jurisdiction has none, or the product is not controlled', () => {
    expect(() => assertRefillsAllowed('none', 'II', 12)).not.toThrow();
    expect(() => assertRefillsAllowed('US', null, 12)).not.toThrow();
  });

  it('shorten the validity, with the last day of a short month', () => {
    expect(lastValidDay('2026-08-31', 12, controlledRule('US', 'IV'))).toBe('2027-02-28');
    expect(lastValidDay('2026-08-31', 3, controlledRule('US', 'IV'))).toBe('2026-11-30');
    expect(lastValidDay('2024-02-29', 12, undefined)).toBe('2025-02-28');
  });
});
