import { InvalidTransition } from '../../platform/errors/domain-error.js';

/** What can be done with a fill where it stands, and where that leads. */
export const FILL_COMMANDS = {
  in_progress: {
    scan: 'in_progress',
    'choose-lot': 'in_progress',
    verify: 'verified',
    complete: 'dispensed',
    'return-to-stock': 'returned_to_stock',
  },
  verified: { ready: 'ready', 'return-to-stock': 'returned_to_stock' },
  ready: { move: 'ready', counsel: 'ready', dispense: 'dispensed', 'return-to-stock': 'returned_to_stock' },
  dispensed: { reverse: 'reversed' },
  returned_to_stock: {},
  reversed: {},
} as const satisfies Record<string, Partial<Record<string, string>>>;

export type FillStatus = keyof typeof FILL_COMMANDS;

/** Every command of the table, in the order a fill meets them. */
export const FILL_COMMAND_NAMES = [
  'scan',
  'choose-lot',
  'verify',
  'complete',
  'ready',
  'move',
  'counsel',
  'dispense',
  'return-to-stock',
  'reverse',
] as const;
export type FillCommand = (typeof FILL_COMMAND_NAMES)[number];

/** What takes a fill nearer to the patient: only under a prescription that is live. */
const FORWARD: readonly FillCommand[] = ['scan', 'choose-lot', 'verify', 'complete', 'ready', 'dispense'];

/** The steps the counter policy takes in one call. */
export const COUNTER_PATH: readonly FillStatus[] = ['in_progress', 'verified', 'ready', 'dispensed'];

/** The commands that are possible, in the order of FILL_COMMAND_NAMES. */
export function fillCommands(status: FillStatus, isPrescriptionLive: boolean): FillCommand[] {
  const possible = new Set(Object.keys(FILL_COMMANDS[status]));
  return FILL_COMMAND_NAMES.filter(
    (command) => possible.has(command) && (isPrescriptionLive || !FORWARD.includes(command)),
  );
}

/**
 * Throws InvalidTransition, with the commands that are possible, when the fill is not where this one begins. That the
 * prescription lives is asked apart, since it is another refusal.
 */
export function assertFillCommand(
  status: FillStatus,
  command: FillCommand,
  isPrescriptionLive: boolean,
): void {
  if (!Object.hasOwn(FILL_COMMANDS[status], command))
    throw new InvalidTransition('fill', status, command, fillCommands(status, isPrescriptionLive));
}

/** True while a fill counts against what the prescription allows. */
export const stands = (status: FillStatus): boolean =>
  status !== 'reversed' && status !== 'returned_to_stock';

/** True while a fill is being prepared: it holds stock but nothing has left. */
export const isOpen = (status: FillStatus): boolean =>
  status === 'in_progress' || status === 'verified' || status === 'ready';
