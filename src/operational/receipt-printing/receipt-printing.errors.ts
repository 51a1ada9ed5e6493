import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate, InvalidTransition, NotFound } from '../../platform/errors/domain-error.js';

/** 409: as many jobs wait for the printer as it may have; nothing was added. */
export class PrintQueueFull extends DomainError {
  readonly code = 'print-queue-full';
  readonly status = 409;
  readonly title = 'Too much waits for this printer';
  constructor() {
    super('As many jobs wait for this printer as it may have. Switch it on, or call some of them off.');
  }
}

/** 409: nothing is sent to a printer that is switched off in the settings. */
export class PrinterInactive extends DomainError {
  readonly code = 'printer-inactive';
  readonly status = 409;
  readonly title = 'Printer is not in use';
  constructor() {
    super('This printer is not in use. Choose another one.');
  }
}

registerRefusals({
  MD446: () => new PrintQueueFull(),
  MD447: () => new InvalidTransition('print job', 'ended', 'change', []),
  receipt_printers_name_key: () => new Duplicate('A printer of this branch has this name already.'),
  print_jobs_printer_fkey: () => new NotFound('printer'),
  print_jobs_sale_fkey: () => new NotFound('sale'),
});
