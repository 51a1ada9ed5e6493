import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../platform/errors/domain-error.js';
import {
  assertPrescriptionStep,
  PRESCRIPTION_TRANSITIONS,
  type PrescriptionStatus,
} from './prescription-status.domain.js';

const STATES = Object.keys(PRESCRIPTION_TRANSITIONS) as PrescriptionStatus[];
const LEGAL: readonly string[] = [
  'draft→pending',
  'draft→cancelled',
  'pending→filled',
  'pending→completed',
  'pending→on_hold',
  'pending→cancelled',
  'pending→transferred',
  'filled→pending',
  'filled→completed',
  'filled→on_hold',
  'filled→cancelled',
  'filled→transferred',
  'completed→pending',
  'completed→filled',
  'on_hold→pending',
  'on_hold→filled',
  'on_hold→cancelled',
];
const pairs = STATES.flatMap((from) => STATES.map((to) => [from, to] as const));

describe('states of a prescription', () => {
  it.each(pairs)('a step from %s to %s is allowed only where the table says so', (from, to) => {
    const step = (): void => assertPrescriptionStep(from, to);
    if (LEGAL.includes(`${from}→${to}`)) expect(step).not.toThrow();
    else expect(step).toThrow(InvalidTransition);
  });

  it('names the steps that are possible when it refuses one', () => {
    try {
      assertPrescriptionStep('on_hold', 'completed');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'invalid-transition',
        status: 409,
        params: { from: 'on_hold', to: 'completed', allowed: ['pending', 'filled', 'cancelled'] },
      });
    }
  });

  it('reaches every state from draft, and has no way out of cancelled and transferred', () => {
    const reached = new Set<PrescriptionStatus>(['draft']);
    for (const state of reached) for (const next of PRESCRIPTION_TRANSITIONS[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...STATES].sort());
    expect(PRESCRIPTION_TRANSITIONS.cancelled).toEqual([]);
    expect(PRESCRIPTION_TRANSITIONS.transferred).toEqual([]);
  });
});
