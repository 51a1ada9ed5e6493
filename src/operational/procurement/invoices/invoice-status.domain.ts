import { InvalidTransition } from '../../../platform/errors/domain-error.js';

/** What can be done with an invoice or credit note where it stands, and where that may lead. */
export const INVOICE_COMMANDS = {
  entered: { match: ['matched', 'differing'], dispute: ['disputed'], void: ['void'] },
  matched: {
    match: ['matched', 'differing'],
    approve: ['approved'],
    dispute: ['disputed'],
    void: ['void'],
  },
  differing: {
    match: ['matched', 'differing'],
    approve: ['approved'],
    dispute: ['disputed'],
    void: ['void'],
  },
  disputed: { match: ['matched', 'differing'], void: ['void'] },
  approved: { pay: ['approved'] },
  void: {},
} as const satisfies Record<string, Partial<Record<string, readonly string[]>>>;

export type InvoiceStatus = keyof typeof INVOICE_COMMANDS;

/** Every state, in the order an invoice meets them. */
export const INVOICE_STATUSES = Object.keys(INVOICE_COMMANDS) as [InvoiceStatus, ...InvoiceStatus[]];

export const INVOICE_COMMAND_NAMES = ['match', 'approve', 'dispute', 'void', 'pay'] as const;
export type InvoiceCommand = (typeof INVOICE_COMMAND_NAMES)[number];

export const INVOICE_KINDS = ['invoice', 'credit_note'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** The commands that are possible. A credit note is not paid. */
export const invoiceCommands = (status: InvoiceStatus, kind: InvoiceKind): InvoiceCommand[] =>
  INVOICE_COMMAND_NAMES.filter(
    (command) =>
      Object.hasOwn(INVOICE_COMMANDS[status], command) && !(command === 'pay' && kind === 'credit_note'),
  );

/** Throws InvalidTransition, with the commands that are possible, when the invoice is not where this one begins. */
export function assertInvoiceCommand(
  { status, kind }: { readonly status: InvoiceStatus; readonly kind: InvoiceKind },
  command: InvoiceCommand,
): void {
  const allowed = invoiceCommands(status, kind);
  if (!allowed.includes(command)) throw new InvalidTransition('invoice', status, command, allowed);
}
