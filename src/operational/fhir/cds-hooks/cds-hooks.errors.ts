import { DomainError } from '../../../platform/errors/domain-error.js';

/** 412: not one of the orders says which medicine it is of: each refers to a Medication that was not sent along. */
export class FhirDataMissing extends DomainError {
  readonly code = 'fhir-data-missing';
  readonly status = 412;
  readonly title = 'FHIR data missing';
  constructor(missing: readonly string[]) {
    super(
      'The orders refer to Medication resources that were not sent. Send them inside the orders or in draftOrders; this service fetches nothing.',
      { missing },
    );
  }
}
