import { describe, expect, it } from 'vitest';

import { assertOverrides, isReasoned, unresolvedStops, type Override } from './override.types.js';

const anOverride = (values: Partial<Override> = {}): Override => ({
  alertId: 1,
  reason: 'prescriber_consulted',
  note: 'Dr. Samir agreed by phone',
  ...values,
});

describe('the note of an override', () => {
  it.each(['ok....', '....', 'aaaaa', '     ', 'ababababab', '-----', 'ok', '12345', ''])(
    'says nothing when it is "%s"',
    (note) => {
      expect(isReasoned(note)).toBe(false);
    },
  );

  it.each(['INR checked', 'تم الاتصال بالطبيب', 'dose halved', 'INR 2.4'])(
    'says something when it is "%s"',
    (note) => {
      expect(isReasoned(note)).toBe(true);
    },
  );
});

describe('overrides', () => {
  it('must name an alert of this prescription, once, with a reason', () => {
    const own = new Map([
      [1, 'interaction'],
      [2, 'early_refill'],
    ]);
    expect(() => assertOverrides([anOverride(), anOverride({ alertId: 2 })], own)).not.toThrow();
    expect(() => assertOverrides([anOverride({ alertId: 3 })], own)).toThrow(
      expect.objectContaining({ code: 'override-unknown-alert', status: 422 }),
    );
    expect(() => assertOverrides([anOverride(), anOverride()], own)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/overrides/1/alertId' })] }),
    );
    const away = { reason: 'vacation_supply' } as const;
    expect(() => assertOverrides([anOverride({ ...away, alertId: 2 })], own)).not.toThrow();
    expect(() => assertOverrides([anOverride(away)], own)).toThrow(
      expect.objectContaining({ code: 'override-reason-unfit' }),
    );
    expect(() => assertOverrides([anOverride({ note: 'aaaaa' })], own)).toThrow(
      expect.objectContaining({ code: 'override-reason-needed', status: 422 }),
    );
  });

  it('answer only the stops they name', () => {
    const alerts = [
      { alertId: 1, stops: true },
      { alertId: 2, stops: false },
      { alertId: 3, stops: true },
    ];
    expect(unresolvedStops(alerts, new Set([1]))).toEqual([{ alertId: 3, stops: true }]);
    expect(unresolvedStops(alerts, new Set([1, 3]))).toEqual([]);
  });
});
