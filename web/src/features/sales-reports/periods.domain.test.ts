import { describe, expect, it } from 'vitest';
import { changePercent, comparedWith, daysOf, periodOf } from './periods.domain';

describe('periods of reports', () => {
  it.each([
    ['today', '2026-12-01', '2026-12-01', '2026-12-01'],
    ['yesterday', '2026-12-01', '2026-11-30', '2026-11-30'],
    ['week', '2026-12-01', '2026-11-30', '2026-12-01'],
    ['week', '2026-12-06', '2026-11-30', '2026-12-06'],
    ['week', '2026-12-07', '2026-12-07', '2026-12-07'],
    ['month', '2026-12-31', '2026-12-01', '2026-12-31'],
    ['quarter', '2026-12-01', '2026-10-01', '2026-12-01'],
    ['quarter', '2026-01-31', '2026-01-01', '2026-01-31'],
    ['quarter', '2026-05-31', '2026-04-01', '2026-05-31'],
    ['year', '2026-12-01', '2026-01-01', '2026-12-01'],
  ] as const)('%s on %s is %s to %s', (preset, today, from, to) => {
    expect(periodOf(preset, today)).toEqual({ from, to });
  });

  it('are compared with the same weekdays of the week before, with as many days before, or with a year before', () => {
    expect(comparedWith('before', { from: '2026-12-01', to: '2026-12-01' })).toEqual({ from: '2026-11-24', to: '2026-11-24' }); // prettier-ignore
    expect(comparedWith('before', { from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-10-02', to: '2026-10-31' }); // prettier-ignore
    expect(comparedWith('lastYear', { from: '2028-02-29', to: '2028-03-01' })).toEqual({ from: '2027-02-28', to: '2027-03-01' }); // prettier-ignore
    expect(comparedWith('none', { from: '2026-12-01', to: '2026-12-01' })).toBeUndefined();
    expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toBe(3);
  });

  it('differ by a share of what was before, where there was something', () => {
    expect(changePercent(110, 100)).toBe(10);
    expect(changePercent(0, 100)).toBe(-100);
    expect(changePercent(5, 0)).toBeUndefined();
  });
});
