import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';

/** 409: this product, or this lot of it, is called back already; `params.recallId` says by which recall, where it is known. */
export class RecallExists extends DomainError {
  readonly code = 'recall-exists';
  readonly status = 409;
  readonly title = 'Called back already';
  constructor(params: { readonly recallId?: number } = {}) {
    super('This is called back already: apply that recall here, if it is not yet.', params);
  }
}

/** 409: some of it is on a shelf or in transit, at one of the branches; `params` say how much at yours. */
export class RecallOpen extends DomainError {
  readonly code = 'recall-open';
  readonly status = 409;
  readonly title = 'Not all of it is gone';
  constructor(params: { readonly onShelf?: string; readonly inTransit?: string } = {}) {
    super('Some of it is still on a shelf or in transit: return or destroy it first.', params);
  }
}

/** 409: the lot is called back; nobody gives it free while the recall stands. */
export class LotRecalled extends DomainError {
  readonly code = 'lot-recalled';
  readonly status = 409;
  readonly title = 'Called back';
  constructor() {
    super('This lot is called back. It only goes back or is destroyed while the recall stands.');
  }
}

/** 422: no pack with this serial was ever scanned here: say the lot. */
export class SerialUnknown extends DomainError {
  readonly code = 'serial-unknown';
  readonly status = 422;
  readonly title = 'Unknown serial';
  constructor() {
    super('No pack of this product with this serial was scanned: say which lot is called back.');
  }
}

registerRefusals({
  MD136: () => new LotRecalled(),
  MD137: () => new RecallOpen(),
  stock_recalls_once_key: () => new RecallExists(),
  stock_recalls_drug_id_fkey: () => new NotFound('drug'),
});
