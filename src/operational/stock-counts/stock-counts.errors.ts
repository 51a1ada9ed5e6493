import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';

/** 409: a lot is in another count that has not ended; `params.countIds` are they. */
export class LotInOpenCount extends DomainError {
  readonly code = 'lot-in-open-count';
  readonly status = 409;
  readonly title = 'Being counted already';
  constructor(params: { readonly countIds?: readonly number[] } = {}) {
    super('A lot is in another count that has not ended: end that one first.', params);
  }
}

/** 409: this count takes no more entries. */
export class CountNotOpen extends DomainError {
  readonly code = 'stock-count-not-open';
  readonly status = 409;
  readonly title = 'Not counted any more';
  constructor() {
    super('This count was handed in or has ended: nothing is entered into it.');
  }
}

/** 409: it cannot be handed in while lots are not counted, or must be counted again. */
export class CountIncomplete extends DomainError {
  readonly code = 'stock-count-incomplete';
  readonly status = 409;
  readonly title = 'Not all is counted';
  constructor(params: { readonly uncounted?: number; readonly toRecount?: number } = {}) {
    super('Something is not counted yet, or has to be counted once more.', params);
  }
}

/** 409: who counted does not approve. */
export class CounterMayNotApprove extends DomainError {
  readonly code = 'stock-count-own';
  readonly status = 409;
  readonly title = 'Somebody else approves';
  constructor() {
    super('Whoever counted does not approve: somebody who did not count does.');
  }
}

/** 409: less was counted than is kept for fills, or than has left since; `params.lotIds` are the lots. */
export class CountBelowReserved extends DomainError {
  readonly code = 'stock-count-below-reserved';
  readonly status = 409;
  readonly title = 'Less than is kept';
  constructor(lotIds: readonly number[]) {
    super('Less was counted than is kept for fills or has left since: free those fills, or count again.', {
      lotIds,
    });
  }
}

/** 422: there is nothing to count where it was asked for. */
export class NothingToCount extends DomainError {
  readonly code = 'nothing-to-count';
  readonly status = 422;
  readonly title = 'Nothing to count';
  constructor() {
    super('There is no stock there to be counted.');
  }
}

/** 422: more lots than one count takes; `params.most` says how many. */
export class CountTooLarge extends DomainError {
  readonly code = 'stock-count-too-large';
  readonly status = 422;
  readonly title = 'Too much for one count';
  constructor(most: number) {
    super(`One count takes ${most} lots at the most: count by shelf, product or class.`, { most });
  }
}

/** 409: what was counted fits several lots; `params.lotIds` are they. */
export class LotAmbiguous extends DomainError {
  readonly code = 'lot-ambiguous';
  readonly status = 409;
  readonly title = 'Which lot?';
  constructor(lotIds: readonly number[]) {
    super('Several lots have this number: say which one was counted.', { lotIds });
  }
}

registerRefusals({
  MD130: () => new CountNotOpen(),
  MD131: () => new CountIncomplete(),
  MD132: () => new CounterMayNotApprove(),
  stock_count_lines_one_open_key: () => new LotInOpenCount(),
  stock_count_lines_lot_fkey: () => new NotFound('lot'),
  stock_count_entries_line_fkey: () => new NotFound('line of this count'),
});
