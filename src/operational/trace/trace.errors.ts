import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { EventFault } from './trace-batch.domain.js';

/** Faults told of one batch: whoever has more has one cause. */
const MAX_FAULTS = 200;

/** 422: an event of the batch is not in order, so none is given out; `params.faults` say which rows and columns. */
export class TraceBatchInvalid extends DomainError {
  readonly code = 'trace-batch-invalid';
  readonly status = 422;
  readonly title = 'Not every event is in order';
  constructor(faults: readonly EventFault[]) {
    super('Nothing was given out: an agency rejects a file with one bad row as a whole.', {
      count: faults.length,
      faults: faults.slice(0, MAX_FAULTS),
    });
  }
}

/** 409: no event waits. */
export class NothingPending extends DomainError {
  readonly code = 'trace-nothing-pending';
  readonly status = 409;
  readonly title = 'Nothing waits';
  constructor() {
    super('No event waits to be given out.');
  }
}

/** 409: the branch tells nobody of its packs. */
export class TraceOff extends DomainError {
  readonly code = 'trace-off';
  readonly status = 409;
  readonly title = 'Not traced';
  constructor() {
    super('This branch keeps no events of packs: its policy says so.');
  }
}

/** 409: an event is declared an error once, and a correction never. */
export class AlreadyCorrected extends DomainError {
  readonly code = 'trace-event-corrected';
  readonly status = 409;
  readonly title = 'Corrected already';
  constructor() {
    super('This event is corrected already, or is a correction itself.');
  }
}

/** 409: an event went out with another batch meanwhile. */
export class EventGivenOut extends DomainError {
  readonly code = 'trace-event-given-out';
  readonly status = 409;
  readonly title = 'Given out meanwhile';
  constructor() {
    super('Somebody else gave these events out. Read them again.');
  }
}

registerRefusals({
  MD197: () => new EventGivenOut(),
  trace_events_corrected_once_key: () => new AlreadyCorrected(),
});
