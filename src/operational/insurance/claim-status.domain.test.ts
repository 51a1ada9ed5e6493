import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../platform/errors/domain-error.js';
import {
  assertClaimCommand,
  CLAIM_COMMAND_NAMES,
  CLAIM_COMMANDS,
  CLAIM_STATUSES,
  isAnswered,
  isUnsettled,
  type ClaimStatus,
} from './claim-status.domain.js';

const LEGAL: readonly string[] = [
  'submitted: adjudicate',
  'submitted: reverse',
  'adjudicated: pay',
  'adjudicated: reverse',
  'paid: reverse',
  'rejected: resubmit',
  'rejected: write-off',
  'rejected: reverse',
];
const pairs = CLAIM_STATUSES.flatMap((from) =>
  CLAIM_COMMAND_NAMES.map((command) => [from, command] as const),
);
const leadsTo = (from: ClaimStatus): ClaimStatus[] =>
  Object.values<readonly ClaimStatus[]>(CLAIM_COMMANDS[from]).flat();

describe('a claim', () => {
  it.each(pairs)('that is %s takes the command %s only where the table says so', (from, command) => {
    const step = (): void => assertClaimCommand(from, command);
    if (LEGAL.includes(`${from}: ${command}`)) expect(step).not.toThrow();
    else expect(step).toThrow(InvalidTransition);
  });

  it('reaches every state from submitted, and has no way out of the three ends', () => {
    const reached = new Set<ClaimStatus>(['submitted']);
    for (const state of reached) for (const next of leadsTo(state)) reached.add(next);
    expect([...reached].sort()).toEqual([...CLAIM_STATUSES].sort());
    expect(CLAIM_STATUSES.filter((state) => leadsTo(state).length === 0)).toEqual([
      'resubmitted',
      'written_off',
      'reversed',
    ]);
  });

  it('bears something while it is answered, and holds its fill back while it is not settled', () => {
    expect(CLAIM_STATUSES.filter(isAnswered)).toEqual(['adjudicated', 'paid']);
    expect(CLAIM_STATUSES.filter(isUnsettled)).toEqual(['submitted', 'rejected']);
  });
});
