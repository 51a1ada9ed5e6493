import { DomainError, type FieldError } from '../../../platform/errors/domain-error.js';

/** 422: the bundle cannot be imported as a whole, so nothing of it was; the detail says why. */
export class BundleRefused extends DomainError {
  readonly code = 'fhir-bundle-refused';
  readonly status = 422;
  readonly title = 'Bundle refused';
  constructor(reason: string, errors: readonly FieldError[] = []) {
    super(reason, {}, errors);
  }
}
