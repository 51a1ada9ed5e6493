import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../platform/errors/domain-error.js';
import {
  assertFillStep,
  COUNTER_PATH,
  FILL_TRANSITIONS,
  isOpen,
  stands,
  type FillStatus,
} from './fill-status.domain.js';

const STATES = Object.keys(FILL_TRANSITIONS) as FillStatus[];
const LEGAL: readonly string[] = [
  'in_progress→verified',
  'in_progress→returned_to_stock',
  'verified→ready',
  'verified→returned_to_stock',
  'ready→dispensed',
  'ready→returned_to_stock',
  'dispensed→reversed',
];
const pairs = STATES.flatMap((from) => STATES.map((to) => [from, to] as const));

describe('states of a fill', () => {
  it.each(pairs)('a step from %s to %s is allowed only where the table says so', (from, to) => {
    const step = (): void => assertFillStep(from, to);
    if (LEGAL.includes(`${from}→${to}`)) expect(step).not.toThrow();
    else expect(step).toThrow(InvalidTransition);
  });

  it('has a counter path of legal steps only, from entry to dispensed', () => {
    expect(COUNTER_PATH.at(0)).toBe('in_progress');
    expect(COUNTER_PATH.at(-1)).toBe('dispensed');
    for (const [index, to] of COUNTER_PATH.slice(1).entries())
      expect(() => assertFillStep(COUNTER_PATH[index] ?? 'reversed', to)).not.toThrow();
  });

  it('counts a fill against the authority until it is taken back, and as open until it is handed over', () => {
    expect(STATES.filter(stands)).toEqual(['in_progress', 'verified', 'ready', 'dispensed']);
    expect(STATES.filter(isOpen)).toEqual(['in_progress', 'verified', 'ready']);
  });
});
