import { describe, expect, it } from 'vitest';

import { InvalidTransition } from '../../../platform/errors/domain-error.js';
import {
  assertReturnCommand,
  RETURN_COMMAND_NAMES,
  RETURN_COMMANDS,
  RETURN_STATUSES,
  returnCommands,
} from './return-status.domain.js';

describe('the steps of a return to a supplier', () => {
  it.each(RETURN_STATUSES)('from %s are those of the table, and any other is refused with them', (status) => {
    for (const command of RETURN_COMMAND_NAMES) {
      const doing = () => assertReturnCommand(status, command);
      if (Object.hasOwn(RETURN_COMMANDS[status], command)) expect(doing).not.toThrow();
      else expect(doing).toThrow(InvalidTransition);
    }
    expect(returnCommands(status)).toEqual(
      RETURN_COMMAND_NAMES.filter((command) => Object.hasOwn(RETURN_COMMANDS[status], command)),
    );
  });
});
