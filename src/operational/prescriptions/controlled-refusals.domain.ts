import { DomainError } from '../../platform/errors/domain-error.js';

/** 422: the rest of a controlled medicine is asked for too late, or may never be given; `params.source` is the rule. */
export class RestRefused extends DomainError {
  readonly code = 'controlled-rest-refused';
  readonly status = 422;
  readonly title = 'The rest may not be given';
  /** `until`: the instant or day it could be given to; undefined: at no time. */
  constructor(source?: string, until?: string) {
    super(
      until === undefined
        ? 'The rest of this controlled medicine may not be given: a new prescription is needed.'
        : `The rest of this controlled medicine could be given until ${until}: a new prescription is needed.`,
      { ...(source === undefined ? {} : { source }), ...(until === undefined ? {} : { until }) },
    );
  }
}

/** 422: how long the rest may be given depends on why only a part is. */
export class PartialReasonRequired extends DomainError {
  readonly code = 'partial-reason-required';
  readonly status = 422;
  readonly title = 'Say why only a part is given';
  constructor(source?: string) {
    super(
      'Until when the rest may be given depends on why only a part is given now.',
      source === undefined ? {} : { source },
      [{ pointer: '/partialReason', detail: 'is needed for a part of this controlled medicine' }],
    );
  }
}

/** 422: the person would have more than he may; `params.room` is what is left for him, `params.source` the rule. */
export class CapExceeded extends DomainError {
  readonly code = 'controlled-cap-exceeded';
  readonly status = 422;
  readonly title = 'More than one person may have';
  constructor(
    source?: string,
    periodDays?: number,
    room?: { readonly daysSupply: number } | { readonly quantity: string },
  ) {
    super('With this the patient would have more of this controlled medicine than one person may.', {
      ...(source === undefined ? {} : { source, periodDays }),
      ...(room === undefined ? {} : { room }),
    });
  }
}
