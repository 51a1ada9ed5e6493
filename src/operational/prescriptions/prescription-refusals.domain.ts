import { DomainError } from '../../platform/errors/domain-error.js';

/** Why nothing may be filled under a prescription. */
export type NotFillableReason =
  'status' | 'expired' | 'no-refills-left' | 'not-yet-filled' | 'refill-instead' | 'controlled';

const NOT_FILLABLE: Readonly<Record<NotFillableReason, string>> = {
  status: 'The prescription is not open.',
  expired: 'The prescription has expired.',
  'no-refills-left': 'Everything the prescription allows has been filled.',
  'not-yet-filled': 'Nothing has been filled yet: make the first fill.',
  'refill-instead': 'The first fill is complete: ask for a refill.',
  controlled: 'The schedule of this medicine allows no further refill.',
};

/** 409: the prescription is not one that may be filled now; `params.reason` says why, `params.allowed` what is possible. */
export class PrescriptionNotFillable extends DomainError {
  readonly code = 'prescription-not-fillable';
  readonly status = 409;
  readonly title = 'Prescription cannot be filled';
  constructor(reason: NotFillableReason, params: Readonly<Record<string, unknown>> = {}) {
    super(NOT_FILLABLE[reason], { reason, ...params });
  }
}

/** 409: at this branch a pharmacist reviews first; `params.fillNumber` is the fill that waits for it. */
export class ClinicalReviewRequired extends DomainError {
  readonly code = 'clinical-review-required';
  readonly status = 409;
  readonly title = 'Review first';
  constructor(params: { readonly fillNumber?: number; readonly allowed?: readonly string[] } = {}) {
    super('At this branch a pharmacist reviews a prescription before it is filled.', params);
  }
}

/** 422: the law of the branch does not let this prescription go to another pharmacy; `params.source` is the rule. */
export class TransferRefused extends DomainError {
  readonly code = 'transfer-refused';
  readonly status = 422;
  readonly title = 'May not be transferred';
  constructor(detail: string, source: string) {
    super(`${detail} (${source}).`, { source });
  }
}

/** Why another product is refused. */
export type SubstitutionRefusal =
  'daw' | 'same-product' | 'type-and-reason-needed' | 'not-equivalent' | 'equivalent';

/** 422: another product than prescribed may not be given so; `params.reason` says why. */
export class SubstitutionRefused extends DomainError {
  readonly code = 'substitution-refused';
  readonly status = 422;
  readonly title = 'Substitution refused';
  constructor(
    reason?: SubstitutionRefusal,
    detail = 'The prescription does not allow another product.',
    pointer?: string,
  ) {
    super(detail, reason ? { reason } : {}, pointer === undefined ? [] : [{ pointer, detail }]);
  }
}

/** 422: more than the prescription still allows for this fill. */
export class QuantityExceedsAuthority extends DomainError {
  readonly code = 'quantity-exceeds-authority';
  readonly status = 422;
  readonly title = 'More than prescribed';
  constructor(params: { readonly remaining?: string } = {}) {
    super('This is more than the prescription still allows for this fill.', params);
  }
}

/**
 * 422: too little of the days' supply is used; `params.eligibleOn` is the first day a refill is not early, `params.alerts` the
 * alerts an override must name, that of the early refill among them.
 */
export class RefillTooSoon extends DomainError {
  readonly code = 'refill-too-soon';
  readonly status = 422;
  readonly title = 'Too soon for a refill';
  constructor(eligibleOn: string, verdict: Readonly<Record<'alerts' | 'notChecked', unknown>>) {
    super(`The supply given before lasts longer. A refill is possible from ${eligibleOn}.`, {
      eligibleOn,
      ...verdict,
    });
  }
}

/** 422: the schedule does not allow as many refills as were written. */
export class ControlledRefills extends DomainError {
  readonly code = 'controlled-refills';
  readonly status = 422;
  readonly title = 'Too many refills for a controlled medicine';
  constructor(schedule: string, maxRefills: number, source: string) {
    super(`A medicine of schedule ${schedule} may have at most ${maxRefills} refills (${source}).`, {
      schedule,
      maxRefills,
      source,
    });
  }
}

/** 422: the date it was written lies ahead, or so far back that it is no longer valid. */
export class PrescribedDateRefused extends DomainError {
  readonly code = 'prescribed-date-refused';
  readonly status = 422;
  readonly title = 'Prescribed date refused';
  constructor(detail: string) {
    super(detail, {}, [{ pointer: '/prescribedDate', detail }]);
  }
}

/** 422: the product may not be dispensed: discontinued or recalled. */
export class DrugNotDispensable extends DomainError {
  readonly code = 'drug-not-dispensable';
  readonly status = 422;
  readonly title = 'Product cannot be dispensed';
  constructor(drugStatus: string) {
    super(`This product is ${drugStatus}.`, { drugStatus });
  }
}

/** 409: who filled it may not verify it. */
export class SecondPersonRequired extends DomainError {
  readonly code = 'second-person-required';
  readonly status = 409;
  readonly title = 'A second person must verify';
  constructor() {
    super('At this branch a person other than the one who filled it must verify.');
  }
}

/** 409: the branch works station by station, so one call cannot go through to dispensed. */
export class CounterPolicyOff extends DomainError {
  readonly code = 'counter-policy-off';
  readonly status = 409;
  readonly title = 'Not at this branch';
  constructor() {
    super('This branch fills, verifies and dispenses in separate steps: leave `complete` out.');
  }
}

/** 409: fills are being prepared under the prescription. */
export class OpenFills extends DomainError {
  readonly code = 'prescription-has-open-fills';
  readonly status = 409;
  readonly title = 'Fills are open';
  constructor() {
    super('Return the fills being prepared to stock first.');
  }
}

/** 409: what was sold comes back as a return of the sale. */
export class FillSold extends DomainError {
  readonly code = 'fill-sold';
  readonly status = 409;
  readonly title = 'Fill was sold';
  constructor() {
    super('This fill was sold. Take it back as a return of that sale.');
  }
}

/** 409: a dispensing is only reversed on its own business day: later the goods have left and come back by a return. */
export class ReversalTooLate extends DomainError {
  readonly code = 'reversal-too-late';
  readonly status = 409;
  readonly title = 'Too late to reverse';
  constructor(dispensedOn: string) {
    super(`This was dispensed on ${dispensedOn}; it can only be reversed on that day.`, { dispensedOn });
  }
}

/** 409: there is no label for what is not dispensed any more. */
export class NoLabel extends DomainError {
  readonly code = 'no-label';
  readonly status = 409;
  readonly title = 'No label';
  constructor() {
    super('This fill was taken back: it has no label.');
  }
}

/** 409: the bin it lies in is not handed over; `params.holdReason` says why. */
export class BinHeld extends DomainError {
  readonly code = 'bin-held';
  readonly status = 409;
  readonly title = 'Held back';
  constructor(bin?: string, holdReason?: string) {
    super('The bin this lies in is not handed over: settle that, and move it to another.', {
      ...(bin === undefined ? {} : { bin, holdReason }),
    });
  }
}

/** 409: at this branch two particulars of the patient are asked for before anything is handed over. */
export class IdentifiersRequired extends DomainError {
  readonly code = 'identifiers-required';
  readonly status = 409;
  readonly title = 'Ask who it is for';
  constructor(asked: number) {
    super('Ask for two of name, date of birth, telephone and national number, and send them.', { asked });
  }
}

/** 409: the law of the branch asks for the document of who takes this controlled medicine away. */
export class CollectorDocumentRequired extends DomainError {
  readonly code = 'collector-document-required';
  readonly status = 409;
  readonly title = 'Ask for a document';
  constructor() {
    super('This medicine is controlled: ask who takes it for a document, and send its kind and number.', {}, [
      { pointer: '/pickUp/document', detail: 'is needed for a controlled medicine' },
    ]);
  }
}

/** 409: at this branch advice is given or declined before this fill is handed over. */
export class CounsellingRequired extends DomainError {
  readonly code = 'counselling-required';
  readonly status = 409;
  readonly title = 'Advice first';
  constructor() {
    super('A pharmacist gives advice with this, or it is declined, before it is handed over.');
  }
}

/** 409: a payer was asked for this fill in the moment it was taken back: the same command again reverses that claim too. */
export class FillClaimed extends DomainError {
  readonly code = 'fill-claimed';
  readonly status = 409;
  readonly title = 'Fill is claimed';
  constructor() {
    super('A payer was asked to pay for this fill in the same moment. Do the same again.');
  }
}
