import { InvalidTransition } from '../../platform/errors/domain-error.js';

/** What can be done with a prescription where it stands, and where that leads. `expired` is no state but judged by date. */
export const PRESCRIPTION_COMMANDS = {
  draft: { submit: ['pending'], cancel: ['cancelled'] },
  pending: {
    review: ['pending'],
    fill: ['filled', 'completed'],
    hold: ['on_hold'],
    transfer: ['transferred'],
    cancel: ['cancelled'],
  },
  filled: {
    review: ['filled'],
    fill: ['filled', 'completed'],
    refill: ['filled', 'completed'],
    hold: ['on_hold'],
    transfer: ['transferred'],
    cancel: ['cancelled'],
  },
  completed: {},
  on_hold: { release: ['pending', 'filled'], cancel: ['cancelled'] },
  cancelled: {},
  transferred: {},
  expired: { cancel: ['cancelled'] },
} as const satisfies Record<string, Partial<Record<string, readonly string[]>>>;

/** Where a prescription stands, its date included. */
export type PrescriptionStanding = keyof typeof PRESCRIPTION_COMMANDS;
export type PrescriptionStatus = Exclude<PrescriptionStanding, 'expired'>;

/** Every command of the table, in the order a prescription meets them. */
export const PRESCRIPTION_COMMAND_NAMES = [
  'submit',
  'review',
  'fill',
  'refill',
  'hold',
  'release',
  'transfer',
  'cancel',
] as const;
export type PrescriptionCommand = (typeof PRESCRIPTION_COMMAND_NAMES)[number];

/** Steps no command of the prescription makes: its fills undone take it back to where the ones that stand say. */
export const UNDONE_BY_FILLS = {
  completed: ['filled', 'pending'],
  filled: ['pending'],
} as const satisfies Partial<Record<PrescriptionStatus, readonly PrescriptionStatus[]>>;

const CLOSED: readonly PrescriptionStatus[] = ['completed', 'cancelled', 'transferred'];

/** Where it stands on a day: an open one is expired after its last valid day. */
export function standingOf(
  rx: { readonly status: PrescriptionStatus; readonly expiresOn: string },
  today: string,
): PrescriptionStanding {
  return !CLOSED.includes(rx.status) && today > rx.expiresOn ? 'expired' : rx.status;
}

/** The commands that are possible, in the order of PRESCRIPTION_COMMAND_NAMES. */
export function prescriptionCommands(standing: PrescriptionStanding): PrescriptionCommand[] {
  const possible = new Set(Object.keys(PRESCRIPTION_COMMANDS[standing]));
  return PRESCRIPTION_COMMAND_NAMES.filter((command) => possible.has(command));
}

/** Throws InvalidTransition, with the commands that are possible, when this one is not. */
export function assertPrescriptionCommand(
  standing: PrescriptionStanding,
  command: PrescriptionCommand,
): void {
  const allowed = prescriptionCommands(standing);
  if (!allowed.includes(command)) throw new InvalidTransition('prescription', standing, command, allowed);
}

/** True on a day its fills may be checked and handed over: a completed one as well, while its last valid day is not past. */
export const isLive = (
  rx: { readonly status: PrescriptionStatus; readonly expiresOn: string },
  today: string,
): boolean =>
  (rx.status === 'pending' || rx.status === 'filled' || rx.status === 'completed') && today <= rx.expiresOn;
