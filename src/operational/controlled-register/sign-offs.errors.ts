import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';

/** 409: products were not counted, or moved after they were; `params.drugIds` are they, where they are known. */
export class CountMissing extends DomainError {
  readonly code = 'controlled-count-missing';
  readonly status = 409;
  readonly title = 'Count first';
  constructor(drugIds?: readonly number[]) {
    super(
      'Something that moved was not counted since. Count it, and sign off then.',
      drugIds === undefined ? {} : { drugIds },
    );
  }
}

/** 422: counts that are not what the register says are not explained; `params.drugIds` are they. */
export class DifferenceUnexplained extends DomainError {
  readonly code = 'controlled-difference-unexplained';
  readonly status = 422;
  readonly title = 'Explain the difference';
  constructor(drugIds?: readonly number[]) {
    super(
      'A count is not what the register says: count once more, or explain it.',
      drugIds === undefined ? {} : { drugIds },
    );
  }
}

/** 409: this day was signed off, or a later one, or it is still to come. */
export class DayClosed extends DomainError {
  readonly code = 'controlled-day-closed';
  readonly status = 409;
  readonly title = 'Not open';
  constructor(params: { readonly lastDay?: string | null } = {}) {
    super('This day is signed off already, or still to come.', params);
  }
}

registerRefusals({
  MD037: () => new DifferenceUnexplained(),
  MD038: () => new DayClosed(),
  MD039: () => new CountMissing(),
  controlled_sign_offs_day_key: () => new DayClosed(),
  controlled_sign_off_counts_count_key: () => new DayClosed(),
  controlled_counts_entry_fkey: () => new NotFound('register of this product'),
});
