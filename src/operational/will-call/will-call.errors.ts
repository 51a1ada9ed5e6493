import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../platform/errors/domain-error.js';

/** 422: the branch keeps a list of its bins, and this is none of them. */
export class UnknownBin extends DomainError {
  readonly code = 'unknown-bin';
  readonly status = 422;
  readonly title = 'No such bin';
  constructor() {
    const detail = 'must be one of the bins of this branch';
    super('This branch has no such bin in use.', {}, [{ pointer: '/bin', detail }]);
  }
}

registerRefusals({
  will_call_bins_code_key: () => new Duplicate('There is a bin of this name already.'),
});
