import { InvalidTransition } from '../../platform/errors/domain-error.js';
import type { BatchStatus } from './compounding.types.js';

export const BATCH_COMMANDS = ['weigh', 'make', 'release', 'discard'] as const;
export type BatchCommand = (typeof BATCH_COMMANDS)[number];

/** What is possible where a batch stands; the database refuses the rest too. */
const COMMANDS: Readonly<Record<BatchStatus, readonly BatchCommand[]>> = {
  in_preparation: ['weigh', 'make', 'discard'],
  made: ['release', 'discard'],
  released: [],
  discarded: [],
};

export const batchCommands = (status: BatchStatus): BatchCommand[] => [...COMMANDS[status]];

/** Throws InvalidTransition, which says what is possible. */
export function assertBatchCommand(status: BatchStatus, command: BatchCommand): void {
  if (!COMMANDS[status].includes(command))
    throw new InvalidTransition('batch', status, command, COMMANDS[status]);
}
