import { InvalidTransition } from '../../../platform/errors/domain-error.js';

/** What can be done with a purchase order where it stands, and where that may lead. */
export const ORDER_COMMANDS = {
  draft: { submit: ['submitted'], cancel: ['cancelled'] },
  submitted: {
    approve: ['approved'],
    receive: ['partially_received', 'received'],
    cancel: ['cancelled'],
  },
  approved: { receive: ['partially_received', 'received'], cancel: ['cancelled'] },
  partially_received: { receive: ['partially_received', 'received'], close: ['closed'] },
  received: { close: ['closed'] },
  closed: {},
  cancelled: {},
} as const satisfies Record<string, Partial<Record<string, readonly string[]>>>;

export type OrderStatus = keyof typeof ORDER_COMMANDS;

/** Every state, in the order an order meets them. */
export const ORDER_STATUSES = Object.keys(ORDER_COMMANDS) as [OrderStatus, ...OrderStatus[]];

export const ORDER_COMMAND_NAMES = ['submit', 'approve', 'receive', 'cancel', 'close'] as const;
export type OrderCommand = (typeof ORDER_COMMAND_NAMES)[number];

/** The commands that are possible. What waits for approval above the limit is not received. */
export const orderCommands = (status: OrderStatus, needsApproval: boolean): OrderCommand[] =>
  ORDER_COMMAND_NAMES.filter(
    (command) =>
      Object.hasOwn(ORDER_COMMANDS[status], command) &&
      !(command === 'receive' && status === 'submitted' && needsApproval),
  );

/** Throws InvalidTransition, with the commands that are possible, when the order is not where this one begins. */
export function assertOrderCommand(
  order: { readonly status: OrderStatus; readonly needsApproval: boolean },
  command: OrderCommand,
): void {
  const allowed = orderCommands(order.status, order.needsApproval);
  if (!allowed.includes(command)) throw new InvalidTransition('order', order.status, command, allowed);
}
