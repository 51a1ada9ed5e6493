import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../platform/errors/domain-error.js';
import {
  assertPrescriptionCommand,
  isLive,
  PRESCRIPTION_COMMAND_NAMES,
  PRESCRIPTION_COMMANDS,
  prescriptionCommands,
  standingOf,
  UNDONE_BY_FILLS,
  type PrescriptionStanding,
  type PrescriptionStatus,
} from './prescription-status.domain.js';

const STANDINGS = Object.keys(PRESCRIPTION_COMMANDS) as PrescriptionStanding[];
const LEGAL: readonly string[] = [
  'draft: submit',
  'draft: cancel',
  'pending: review',
  'pending: fill',
  'pending: hold',
  'pending: transfer',
  'pending: cancel',
  'filled: review',
  'filled: fill',
  'filled: refill',
  'filled: hold',
  'filled: transfer',
  'filled: cancel',
  'on_hold: release',
  'on_hold: cancel',
  'expired: cancel',
];
const pairs = STANDINGS.flatMap((from) =>
  PRESCRIPTION_COMMAND_NAMES.map((command) => [from, command] as const),
);
const leadsTo = (from: PrescriptionStanding): PrescriptionStatus[] => [
  ...Object.values<readonly PrescriptionStatus[]>(PRESCRIPTION_COMMANDS[from]).flat(),
  ...(from === 'completed' || from === 'filled' ? UNDONE_BY_FILLS[from] : []),
];

describe('a prescription', () => {
  it.each(pairs)('that is %s takes the command %s only where the table says so', (from, command) => {
    const step = (): void => assertPrescriptionCommand(from, command);
    if (LEGAL.includes(`${from}: ${command}`)) expect(step).not.toThrow();
    else expect(step).toThrow(InvalidTransition);
  });

  it('names the commands that are possible when it refuses one', () => {
    try {
      assertPrescriptionCommand('on_hold', 'fill');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'invalid-transition',
        status: 409,
        params: { from: 'on_hold', to: 'fill', allowed: ['release', 'cancel'] },
      });
    }
  });

  it('reaches every state from draft, and has no way out of cancelled and transferred', () => {
    const reached = new Set<PrescriptionStatus>(['draft']);
    for (const state of reached) for (const next of leadsTo(state)) reached.add(next);
    expect([...reached].sort()).toEqual(STANDINGS.filter((standing) => standing !== 'expired').sort());
    expect(leadsTo('cancelled')).toEqual([]);
    expect(leadsTo('transferred')).toEqual([]);
  });

  it('knows no command the list of names leaves out', () => {
    const named = new Set<string>(PRESCRIPTION_COMMAND_NAMES);
    for (const standing of STANDINGS)
      expect(Object.keys(PRESCRIPTION_COMMANDS[standing]).filter((command) => !named.has(command))).toEqual(
        [],
      );
    expect(prescriptionCommands('draft')).toEqual(['submit', 'cancel']);
  });

  it.each([
    ['pending', '2026-06-30', '2026-06-30', 'pending', true],
    ['pending', '2026-06-30', '2026-07-01', 'expired', false],
    ['draft', '2026-06-30', '2026-07-01', 'expired', false],
    ['on_hold', '2026-06-30', '2026-07-01', 'expired', false],
    ['on_hold', '2026-06-30', '2026-06-30', 'on_hold', false],
    ['completed', '2026-06-30', '2026-07-01', 'completed', false],
    ['completed', '2026-06-30', '2026-06-30', 'completed', true],
    ['cancelled', '2026-06-30', '2026-07-01', 'cancelled', false],
    ['transferred', '2026-06-30', '2026-06-01', 'transferred', false],
  ] as const)(
    'that is %s and valid to %s stands on %s as %s, live: %s',
    (status, expiresOn, today, standing, live) => {
      expect(standingOf({ status, expiresOn }, today)).toBe(standing);
      expect(isLive({ status, expiresOn }, today)).toBe(live);
    },
  );
});
