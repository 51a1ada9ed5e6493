import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../../platform/errors/domain-error.js';
import { SaleDoesNotAddUp } from '../sales.errors.js';

/** 409: a quotation becomes one sale, and this one has. */
export class QuotationSoldAlready extends DomainError {
  readonly code = 'quotation-sold';
  readonly status = 409;
  readonly title = 'Quotation is sold already';
  constructor() {
    super('This quotation has become a sale already.');
  }
}

/** 422: it is not sold at its own prices: its days are over, the branch does not keep them, or a price is above its ceiling now. */
export class QuotationNotKept extends DomainError {
  readonly code = 'quotation-not-kept';
  readonly status = 422;
  readonly title = 'Prices have to be those of today';
  constructor() {
    super('This quotation is not sold at its own prices any more. Sell it at those of today.');
  }
}

registerRefusals({
  quotation_sales_pkey: () => new QuotationSoldAlready(),
  quotations_patient_fkey: () => new NotFound('patient'),
  MD448: () => new SaleDoesNotAddUp(),
});
