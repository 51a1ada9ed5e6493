import { InvalidTransition } from '../../../platform/errors/domain-error.js';

/** What can be done with a return to a supplier where it stands, and where that leads. */
export const RETURN_COMMANDS = {
  draft: { ship: ['shipped'], cancel: ['cancelled'] },
  // Cancelled when the supplier does not take it: the goods are back in their lots.
  shipped: { credit: ['credited'], cancel: ['cancelled'] },
  credited: {},
  cancelled: {},
} as const satisfies Record<string, Partial<Record<string, readonly string[]>>>;

export type ReturnStatus = keyof typeof RETURN_COMMANDS;

/** Every state, in the order a return meets them. */
export const RETURN_STATUSES = Object.keys(RETURN_COMMANDS) as [ReturnStatus, ...ReturnStatus[]];

export const RETURN_COMMAND_NAMES = ['ship', 'credit', 'cancel'] as const;
export type ReturnCommand = (typeof RETURN_COMMAND_NAMES)[number];

/** The commands that are possible, in the order of RETURN_COMMAND_NAMES. */
export const returnCommands = (status: ReturnStatus): ReturnCommand[] =>
  RETURN_COMMAND_NAMES.filter((command) => Object.hasOwn(RETURN_COMMANDS[status], command));

/** Throws InvalidTransition, with the commands that are possible, when the return is not where this one begins. */
export function assertReturnCommand(status: ReturnStatus, command: ReturnCommand): void {
  if (!Object.hasOwn(RETURN_COMMANDS[status], command))
    throw new InvalidTransition('return', status, command, returnCommands(status));
}
