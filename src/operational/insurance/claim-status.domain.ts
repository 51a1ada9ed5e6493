import { InvalidTransition } from '../../platform/errors/domain-error.js';

/** What can be done with a claim where it stands, and where that may lead. */
export const CLAIM_COMMANDS = {
  submitted: { adjudicate: ['adjudicated', 'rejected'], reverse: ['reversed'] },
  adjudicated: { pay: ['paid'], reverse: ['reversed'] },
  paid: { reverse: ['reversed'] },
  rejected: { resubmit: ['resubmitted'], 'write-off': ['written_off'], reverse: ['reversed'] },
  resubmitted: {},
  written_off: {},
  reversed: {},
} as const satisfies Record<string, Partial<Record<string, readonly string[]>>>;

export type ClaimStatus = keyof typeof CLAIM_COMMANDS;

/** Every state, in the order a claim meets them. */
export const CLAIM_STATUSES = Object.keys(CLAIM_COMMANDS) as [ClaimStatus, ...ClaimStatus[]];

/** Every command of the table. */
export const CLAIM_COMMAND_NAMES = ['adjudicate', 'pay', 'resubmit', 'write-off', 'reverse'] as const;
export type ClaimCommand = (typeof CLAIM_COMMAND_NAMES)[number];

/** The commands that are possible, in the order of CLAIM_COMMAND_NAMES. */
export const claimCommands = (status: ClaimStatus): ClaimCommand[] =>
  CLAIM_COMMAND_NAMES.filter((command) => Object.hasOwn(CLAIM_COMMANDS[status], command));

/** Throws InvalidTransition, with the commands that are possible, when the claim is not where this one begins. */
export function assertClaimCommand(status: ClaimStatus, command: ClaimCommand): void {
  if (!Object.hasOwn(CLAIM_COMMANDS[status], command))
    throw new InvalidTransition('claim', status, command, claimCommands(status));
}

/** True while a payer's answer counts: what he bears is not asked of anybody else. */
export const isAnswered = (status: ClaimStatus): boolean => status === 'adjudicated' || status === 'paid';

/** True while it keeps its fill from being sold: nobody knows yet what the patient pays. */
export const isUnsettled = (status: ClaimStatus): boolean => status === 'submitted' || status === 'rejected';
