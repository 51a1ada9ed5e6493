import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../platform/errors/domain-error.js';
import {
  assertFillCommand,
  COUNTER_PATH,
  FILL_COMMAND_NAMES,
  FILL_COMMANDS,
  fillCommands,
  isOpen,
  stands,
  type FillStatus,
} from './fill-status.domain.js';

const STATES = Object.keys(FILL_COMMANDS) as FillStatus[];
const LEGAL: readonly string[] = [
  'in_progress: scan',
  'in_progress: choose-lot',
  'in_progress: verify',
  'in_progress: complete',
  'in_progress: return-to-stock',
  'verified: ready',
  'verified: return-to-stock',
  'ready: move',
  'ready: counsel',
  'ready: dispense',
  'ready: return-to-stock',
  'dispensed: reverse',
];
const pairs = STATES.flatMap((from) => FILL_COMMAND_NAMES.map((command) => [from, command] as const));
const leadsTo = (from: FillStatus): FillStatus[] => Object.values<FillStatus>(FILL_COMMANDS[from]);

describe('a fill', () => {
  it.each(pairs)('that is %s takes the command %s only where the table says so', (from, command) => {
    const step = (): void => assertFillCommand(from, command, true);
    if (LEGAL.includes(`${from}: ${command}`)) expect(step).not.toThrow();
    else expect(step).toThrow(InvalidTransition);
  });

  it('reaches every state from in_progress, and has no way out of the two ends', () => {
    const reached = new Set<FillStatus>(['in_progress']);
    for (const state of reached) for (const next of leadsTo(state)) reached.add(next);
    expect([...reached].sort()).toEqual([...STATES].sort());
    expect([...leadsTo('returned_to_stock'), ...leadsTo('reversed')]).toEqual([]);
  });

  it('only goes back under a prescription that is not live', () => {
    expect(STATES.map((status) => fillCommands(status, false))).toEqual([
      ['return-to-stock'],
      ['return-to-stock'],
      ['move', 'counsel', 'return-to-stock'],
      ['reverse'],
      [],
      [],
    ]);
  });

  it('has a counter path of legal steps only, from entry to dispensed', () => {
    expect(COUNTER_PATH.at(0)).toBe('in_progress');
    expect(COUNTER_PATH.at(-1)).toBe('dispensed');
    for (const [index, to] of COUNTER_PATH.slice(1).entries())
      expect(leadsTo(COUNTER_PATH[index] ?? 'reversed')).toContain(to);
  });

  it('counts against the authority until it is taken back, and is open until it is handed over', () => {
    expect(STATES.filter(stands)).toEqual(['in_progress', 'verified', 'ready', 'dispensed']);
    expect(STATES.filter(isOpen)).toEqual(['in_progress', 'verified', 'ready']);
  });
});
