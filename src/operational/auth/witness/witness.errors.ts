import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError } from '../../../platform/errors/domain-error.js';

const REFUSED = {
  'same-person': 'The second person is somebody else.',
  'no-right': 'This user may not sign as second person at this branch.',
  'not-signed':
    'The second person’s signature was used, is too old, or was given for somebody else: sign again.',
} as const;

/** 422: this is nobody who may sign as second person here; `params.reason` says why. */
export class WitnessRefused extends DomainError {
  readonly code = 'witness-refused';
  readonly status = 422;
  readonly title = 'Not as second person';
  constructor(reason: keyof typeof REFUSED) {
    super(REFUSED[reason], { reason });
  }
}

/** 409: a second person must sign for this; `params.drugIds` are the products it is for, where they are known. */
export class WitnessRequired extends DomainError {
  readonly code = 'witness-required';
  readonly status = 409;
  readonly title = 'A second person must sign';
  constructor(drugIds?: readonly number[]) {
    super(
      'Controlled medicines are received, sent and destroyed by two people: ask POST /auth/witness for a signature and send it as `witness`.',
      drugIds === undefined ? {} : { drugIds },
    );
  }
}

registerRefusals({
  MD035: () => new WitnessRefused('same-person'),
  MD036: () => new WitnessRequired(),
  stock_movements_second_person_check: () => new WitnessRequired(),
  stock_movements_witness_check: () => new WitnessRefused('same-person'),
});
