import { registerRefusals } from '../../platform/errors/database-errors.js';
import {
  DomainError,
  InvalidTransition,
  NotFound,
  RuleViolation,
} from '../../platform/errors/domain-error.js';

/** 422: a preparation would contain itself. */
export class FormulaCycle extends DomainError {
  readonly code = 'formula-cycle';
  readonly status = 422;
  readonly title = 'Contains itself';
  constructor() {
    super('One of the ingredients is made of this preparation itself.');
  }
}

/** 422: the preparation may not be used for so long: `params` say for how many days or to which day, and why. */
export class BeyondUseRefused extends DomainError {
  readonly code = 'beyond-use-refused';
  readonly status = 422;
  readonly title = 'Beyond-use date refused';
  constructor(params: Readonly<Record<string, unknown>> = {}) {
    super('The preparation may not be used for so long, or no longer.', params);
  }
}

/** 409: the formula was changed or retired, or one of its products was; `params` say what. */
export class FormulaOutdated extends DomainError {
  readonly code = 'formula-outdated';
  readonly status = 409;
  readonly title = 'Formula is not in force';
  constructor(params: Readonly<Record<string, unknown>> = {}) {
    super(
      'The formula is retired, or a product of it is no longer what it was written with. Write it anew.',
      params,
    );
  }
}

/** 409: ingredients are still to be weighed; `params.items` are which. */
export class BatchNotWeighed extends DomainError {
  readonly code = 'batch-not-weighed';
  readonly status = 409;
  readonly title = 'Weigh first';
  constructor(params: Readonly<Record<string, unknown>> = {}) {
    super('Every ingredient is weighed before the batch is made.', params);
  }
}

/** 422: the weighing is further from what was calculated than the formula allows. */
export class WeighingOutOfTolerance extends DomainError {
  readonly code = 'weighing-out-of-tolerance';
  readonly status = 422;
  readonly title = 'Weigh again';
  constructor(params: Readonly<Record<string, unknown>> = {}) {
    super('What was weighed is too far from what was calculated.', params);
  }
}

/** 409: another person than the maker checks and releases this batch. */
export class CheckerRequired extends DomainError {
  readonly code = 'checker-required';
  readonly status = 409;
  readonly title = 'Another person checks';
  constructor() {
    super('Who made the batch does not release it.');
  }
}

/** 422: a batch for a prescription is released with its fill, which takes all of it. */
export class BatchFillRequired extends DomainError {
  readonly code = 'batch-fill-required';
  readonly status = 422;
  readonly title = 'Release it with its fill';
  constructor(params: Readonly<Record<string, unknown>> = {}) {
    super(
      'What was made for a prescription is released with a fill of it that takes the whole batch.',
      params,
    );
  }
}

/** 422: the prescription is not for this preparation, not of this branch, or ended. */
export class NotForPrescription extends DomainError {
  readonly code = 'batch-prescription-refused';
  readonly status = 422;
  readonly title = 'Not for this prescription';
  constructor() {
    super('The prescription is not one for this preparation that can be filled.');
  }
}

/** 409: the lot was made for one prescription: nobody else is given of it. */
export class LotKeptForPrescription extends DomainError {
  readonly code = 'compounded-lot-kept';
  readonly status = 409;
  readonly title = 'Made for one prescription';
  constructor() {
    super('This lot was made for one prescription, and none of it may be free for others.');
  }
}

/** 422: what was compounded does not come back to the shelf; it is set aside. */
export class CompoundedNotRestocked extends DomainError {
  readonly code = 'compounded-not-restocked';
  readonly status = 422;
  readonly title = 'Set it aside';
  constructor() {
    super('What was compounded does not come back to the shelf. Take it back into quarantine.');
  }
}

registerRefusals({
  MD090: () => new FormulaCycle(),
  MD092: (failure) => new BeyondUseRefused(failure.detail === undefined ? {} : { latest: failure.detail }),
  MD093: () => new InvalidTransition('batch', 'further on', 'this step', []),
  MD094: () => new BatchNotWeighed(),
  MD095: () => new LotKeptForPrescription(),
  MD096: () => new CompoundedNotRestocked(),
  MD097: () => new WeighingOutOfTolerance(),
  MD098: () => new FormulaOutdated(),
  MD099: () => new NotForPrescription(),
  compound_batches_second_person_check: () => new CheckerRequired(),
  compound_formula_items_drug_id_fkey: () => new NotFound('drug'),
  compound_formula_items_drug_key: () => new RuleViolation('An ingredient is given twice.'),
});
