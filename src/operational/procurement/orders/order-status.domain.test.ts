import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../../platform/errors/domain-error.js';
import {
  assertOrderCommand,
  ORDER_COMMAND_NAMES,
  ORDER_COMMANDS,
  ORDER_STATUSES,
  orderCommands,
  type OrderStatus,
} from './order-status.domain.js';

describe('the steps of a purchase order', () => {
  it.each(ORDER_STATUSES.flatMap((status) => [true, false].map((needs) => [status, needs] as const)))(
    'from %s (needs approval: %s) are those of the table, and any other is refused with them',
    (status, needsApproval) => {
      const allowed = orderCommands(status, needsApproval);
      for (const command of ORDER_COMMAND_NAMES) {
        const isInTable = Object.hasOwn(ORDER_COMMANDS[status], command);
        const waits = status === 'submitted' && needsApproval && command === 'receive';
        expect(allowed.includes(command)).toBe(isInTable && !waits);
        const doing = () => assertOrderCommand({ status, needsApproval }, command);
        if (isInTable && !waits) expect(doing).not.toThrow();
        else {
          expect(doing).toThrow(InvalidTransition);
          try {
            doing();
          } catch (error) {
            expect((error as InvalidTransition).params).toMatchObject({ from: status, to: command, allowed });
          }
        }
      }
    },
  );

  it('reach every state from a draft, and none leads out of an end', () => {
    const reached = new Set<OrderStatus>(['draft']);
    for (const status of reached)
      for (const next of Object.values<readonly OrderStatus[]>(ORDER_COMMANDS[status]).flat())
        reached.add(next);
    expect([...reached].sort()).toEqual([...ORDER_STATUSES].sort());
    expect(ORDER_STATUSES.filter((status) => Object.keys(ORDER_COMMANDS[status]).length === 0)).toEqual([
      'closed',
      'cancelled',
    ]);
  });
});
