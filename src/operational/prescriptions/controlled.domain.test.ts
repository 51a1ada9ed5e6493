import { describe, expect, it } from 'vitest';

import { Quantity } from '../../platform/money/quantity.js';
import {
  controlledRule,
  JURISDICTIONS,
  PARTIAL_REASONS,
  SCHEDULES,
  type Jurisdiction,
  type PartialReason,
  type Schedule,
} from './controlled-rules.domain.js';
import { assertRefillsAllowed, lastValidDay, mayGiveRest, roomUnderCap } from './controlled.domain.js';

const CFR = '21 CFR 1306';
const EGYPT = 'Egyptian Law 182/1960';

/** Refills authorised, and the most that is allowed (null: any number). */
const REFILLS: [Jurisdiction, Schedule | null, number, number | null, string?][] = [
  ['US', 'II', 0, 0],
  ['US', 'II', 1, 0, `${CFR}.12`],
  ['US', 'II', 5, 0, `${CFR}.12`],
  ['US', 'III', 0, 5],
  ['US', 'III', 5, 5],
  ['US', 'III', 6, 5, `${CFR}.22`],
  ['US', 'IV', 5, 5],
  ['US', 'IV', 6, 5, `${CFR}.22`],
  ['US', 'IV', 99, 5, `${CFR}.22`],
  ['US', 'V', 5, 5],
  ['US', 'V', 6, 5, 'house rule'],
  ['US', null, 99, null],
  ['EG', 'II', 0, 0],
  ['EG', 'II', 1, 0, EGYPT],
  ['EG', 'III', 3, null],
  ['EG', null, 12, null],
  ['none', 'II', 12, null],
  ['none', 'V', 12, null],
];

/** Written on, months of the branch, last day it may be filled. */
const VALIDITY: [Jurisdiction, Schedule | null, string, number, string][] = [
  ['US', 'II', '2026-01-31', 12, '2027-01-31'],
  ['US', 'II', '2026-01-31', 1, '2026-02-28'],
  ['US', 'III', '2026-01-15', 12, '2026-07-15'],
  ['US', 'III', '2026-08-29', 12, '2027-02-28'],
  ['US', 'IV', '2026-08-30', 12, '2027-02-28'],
  ['US', 'IV', '2026-08-31', 12, '2027-02-28'],
  ['US', 'IV', '2027-08-31', 12, '2028-02-29'],
  ['US', 'IV', '2028-02-29', 12, '2028-08-29'],
  ['US', 'IV', '2026-10-31', 12, '2027-04-30'],
  ['US', 'IV', '2026-12-31', 12, '2027-06-30'],
  ['US', 'IV', '2026-08-31', 3, '2026-11-30'],
  ['US', 'V', '2026-03-31', 12, '2026-09-30'],
  ['US', null, '2024-02-29', 12, '2025-02-28'],
  ['EG', 'II', '2026-02-25', 12, '2026-03-02'],
  ['EG', 'II', '2028-02-25', 12, '2028-03-01'],
  ['EG', 'II', '2026-12-29', 12, '2027-01-03'],
  ['EG', 'II', '2026-05-01', 1, '2026-05-06'],
  ['EG', 'IV', '2026-05-01', 12, '2027-05-01'],
  ['none', 'II', '2026-08-31', 6, '2027-02-28'],
];

/** Why a part was given, when, written on, asked at, allowed. Times of the branch are UTC here. */
const RESTS: [Jurisdiction, Schedule | null, PartialReason, string, string, string, boolean][] = [
  ['US', 'II', 'short_of_stock', '2026-11-02', '2026-11-02T10:00:00Z', '2026-11-02T11:00:00Z', true],
  ['US', 'II', 'short_of_stock', '2026-11-02', '2026-11-02T10:00:00Z', '2026-11-05T09:59:59Z', true],
  ['US', 'II', 'short_of_stock', '2026-11-02', '2026-11-02T10:00:00Z', '2026-11-05T10:00:00Z', true],
  ['US', 'II', 'short_of_stock', '2026-11-02', '2026-11-02T10:00:00Z', '2026-11-05T10:00:01Z', false],
  ['US', 'II', 'short_of_stock', '2026-02-27', '2026-02-27T23:30:00Z', '2026-03-02T23:00:00Z', true],
  ['US', 'II', 'short_of_stock', '2028-02-27', '2028-02-27T23:30:00Z', '2028-03-02T00:00:00Z', false],
  // The clocks of New York go forward on 8 March 2026: 72 hours are 72 hours.
  ['US', 'II', 'short_of_stock', '2026-03-06', '2026-03-06T22:00:00Z', '2026-03-09T22:00:00Z', true],
  ['US', 'II', 'short_of_stock', '2026-03-06', '2026-03-06T22:00:00Z', '2026-03-09T22:30:00Z', false],
  ['US', 'II', 'requested', '2026-01-31', '2026-02-01T10:00:00Z', '2026-03-02T23:59:00Z', true],
  ['US', 'II', 'requested', '2026-01-31', '2026-02-01T10:00:00Z', '2026-03-03T00:00:00Z', false],
  ['US', 'II', 'requested', '2028-01-31', '2028-02-01T10:00:00Z', '2028-03-01T12:00:00Z', true],
  ['US', 'II', 'requested', '2028-01-31', '2028-02-01T10:00:00Z', '2028-03-02T12:00:00Z', false],
  ['US', 'II', 'long_term_care', '2026-01-01', '2026-01-02T10:00:00Z', '2026-03-02T12:00:00Z', true],
  ['US', 'II', 'long_term_care', '2026-01-01', '2026-01-02T10:00:00Z', '2026-03-03T12:00:00Z', false],
  ['US', 'II', 'terminal_illness', '2026-01-01', '2026-02-20T10:00:00Z', '2026-03-02T12:00:00Z', true],
  ['US', 'II', 'terminal_illness', '2026-01-01', '2026-02-20T10:00:00Z', '2026-03-03T12:00:00Z', false],
  ['US', 'III', 'short_of_stock', '2026-01-01', '2026-01-02T10:00:00Z', '2026-06-01T12:00:00Z', true],
  ['US', 'IV', 'requested', '2026-01-01', '2026-01-02T10:00:00Z', '2026-06-01T12:00:00Z', true],
  ['US', null, 'short_of_stock', '2026-01-01', '2026-01-02T10:00:00Z', '2026-06-01T12:00:00Z', true],
  ['EG', 'II', 'short_of_stock', '2026-01-01', '2026-01-01T10:00:00Z', '2026-01-01T10:00:01Z', false],
  ['EG', 'II', 'terminal_illness', '2026-01-01', '2026-01-01T10:00:00Z', '2026-01-02T10:00:00Z', false],
  ['EG', 'III', 'short_of_stock', '2026-01-01', '2026-01-01T10:00:00Z', '2026-02-01T10:00:00Z', true],
  ['none', 'II', 'short_of_stock', '2026-01-01', '2026-01-01T10:00:00Z', '2026-12-01T10:00:00Z', true],
];

/** Given as [day, days of supply, base units]; asked on a day; once per prescription; room. */
type Gift = readonly [string, number, string];
const CAPS: [
  Jurisdiction,
  Schedule | null,
  Gift[],
  string,
  string | undefined,
  number | string | undefined,
][] = [
  ['US', 'II', [], '2026-06-30', undefined, 90],
  ['US', 'II', [['2026-06-30', 30, '60']], '2026-06-30', undefined, 60],
  ['US', 'II', [['2026-06-01', 30, '60']], '2026-06-30', undefined, 89],
  ['US', 'II', [['2026-06-30', 90, '180']], '2026-06-30', undefined, 0],
  [
    'US',
    'II',
    [
      ['2026-06-29', 60, '9'],
      ['2026-06-30', 60, '9'],
    ],
    '2026-06-30',
    undefined,
    0,
  ],
  // Filled two days early each month, as people do: the cap does not bite.
  [
    'US',
    'II',
    [
      ['2026-05-02', 30, '60'],
      ['2026-05-30', 30, '60'],
    ],
    '2026-06-27',
    undefined,
    88,
  ],
  ['US', 'II', [['2026-04-01', 90, '180']], '2026-06-30', undefined, 90],
  ['US', 'II', [['2026-07-01', 30, '60']], '2026-06-30', undefined, 90],
  ['US', 'IV', [['2026-06-30', 90, '180']], '2026-06-30', undefined, undefined],
  ['US', null, [['2026-06-30', 90, '180']], '2026-06-30', undefined, undefined],
  ['EG', 'II', [], '2026-06-30', '6', '60'],
  [
    'EG',
    'II',
    [
      ['2026-06-01', 3, '6'],
      ['2026-06-10', 3, '6'],
    ],
    '2026-06-30',
    '6',
    '48',
  ],
  ['EG', 'II', [['2026-06-01', 3, '60']], '2026-06-30', '6', '0'],
  ['EG', 'II', [['2026-05-31', 3, '60']], '2026-06-30', '6', '60'],
  ['EG', 'II', [['2026-06-02', 3, '61.5']], '2026-06-30', '6', '0'],
  ['EG', 'II', [['2026-06-02', 3, '0.5']], '2026-06-30', '0.25', '2'],
  ['EG', 'II', [['2026-06-02', 3, '60']], '2026-06-30', undefined, undefined],
  ['none', 'II', [['2026-06-30', 90, '180']], '2026-06-30', '6', undefined],
];

describe('controlled schedules', () => {
  it.each(REFILLS)('%s %s: %i refills, most %s', (jurisdiction, schedule, refills, most, source) => {
    const assert = (): void => {
      assertRefillsAllowed(jurisdiction, schedule, refills);
    };
    if (source === undefined) expect(assert).not.toThrow();
    else
      expect(assert).toThrow(
        expect.objectContaining({
          code: 'controlled-refills',
          status: 422,
          params: expect.objectContaining({
            maxRefills: most,
            source: expect.stringContaining(source) as unknown,
          }) as unknown,
        }),
      );
  });

  it.each(VALIDITY)('%s %s written on %s, branch %i months: to %s', (place, schedule, on, months, last) => {
    expect(lastValidDay(on, months, controlledRule(place, schedule))).toBe(last);
  });

  it.each(RESTS)(
    '%s %s %s: written %s, part %s, asked %s: %s',
    (place, schedule, reason, on, part, at, ok) => {
      expect(
        mayGiveRest(controlledRule(place, schedule), {
          prescribedDate: on,
          reason,
          partGivenAt: new Date(part),
          now: new Date(at),
          today: at.slice(0, 10),
        }),
      ).toBe(ok);
    },
  );

  it.each(CAPS)('%s %s given %j, on %s, once %s: room %s', (place, schedule, gifts, today, once, room) => {
    const given = gifts.map(([givenOn, daysSupply, quantity]) => ({
      givenOn,
      daysSupply,
      quantity: Quantity.of(quantity),
    }));
    const left = roomUnderCap(
      controlledRule(place, schedule),
      given,
      today,
      once === undefined ? undefined : Quantity.of(once),
    );
    const shown = left && ('quantity' in left ? { quantity: left.quantity.toString() } : left);
    expect(shown).toEqual(
      room === undefined ? undefined : typeof room === 'number' ? { daysSupply: room } : { quantity: room },
    );
  });

  it('name a source for each of their rules', () => {
    const rules = JURISDICTIONS.flatMap((place) =>
      SCHEDULES.flatMap((schedule) => controlledRule(place, schedule) ?? []),
    );
    expect(rules).toHaveLength(5);
    for (const { sources, rest } of rules) {
      for (const source of Object.values(sources)) expect(source.length).toBeGreaterThan(10);
      if (typeof rest !== 'string') expect(Object.keys(rest)).toEqual([...PARTIAL_REASONS]);
    }
  });
});
