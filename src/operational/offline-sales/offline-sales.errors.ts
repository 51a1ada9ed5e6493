import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';

/** 422: a sale of this identity came in before with another content. What came first stands. */
export class OfflineSaleDiffers extends DomainError {
  readonly code = 'offline-sale-differs';
  readonly status = 422;
  readonly title = 'Another sale has this identity';
  constructor() {
    super('An offline sale of this identity came in before with another content. Nothing was saved.');
  }
}

/** 409: the catalogue never had this price in the days before the sale, so a person decides whether it was sold for it. */
export class OfflinePriceUnknown extends DomainError {
  readonly code = 'offline-price-unknown';
  readonly status = 409;
  readonly title = 'Sold at an unknown price';
  constructor(params: { drugId: number; soldAt: string; price: string }) {
    super('This product was sold offline at a price that the catalogue did not have then.', params);
  }
}

/** 409: by the rules of now the same lines come to another total than the customer was charged; it cannot be posted as it was sold. */
export class OfflineTotalDiffers extends DomainError {
  readonly code = 'offline-total-differs';
  readonly status = 409;
  readonly title = 'Sold for another total';
  constructor(params: { total?: string; reckoned?: string } = {}) {
    super('The lines of this offline sale come to another total than the customer was charged.', params);
  }
}

/** 409: the offline sale was posted or rejected already. */
export class OfflineSaleSettled extends DomainError {
  readonly code = 'offline-sale-settled';
  readonly status = 409;
  readonly title = 'Decided already';
  constructor() {
    super('This offline sale was posted or rejected already.');
  }
}

registerRefusals({
  MD237: () => new OfflineSaleSettled(),
  MD236: () => new OfflineTotalDiffers(),
  offline_sales_seller_fkey: () => new NotFound('user'),
});
