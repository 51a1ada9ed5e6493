import { DomainError } from '../../platform/errors/domain-error.js';

/** 422: prescription-only products leave only through a fill. */
export class PrescriptionRequired extends DomainError {
  readonly code = 'prescription-required';
  readonly status = 422;
  readonly title = 'Prescription required';
  constructor(drugId: number) {
    super('This product is sold on prescription only: sell its fill instead.', { drugId });
  }
}

/** 422: a recalled product is not sold, whatever is on the shelf. */
export class DrugRecalled extends DomainError {
  readonly code = 'drug-recalled';
  readonly status = 422;
  readonly title = 'Product is recalled';
  constructor(drugId: number) {
    super('This product is recalled and may not be sold.', { drugId });
  }
}

/** 422: no price is known of the product, or was when the fill was made: nothing is sold for nothing by mistake. */
export class PriceUnknown extends DomainError {
  readonly code = 'price-unknown';
  readonly status = 422;
  readonly title = 'No price known';
  constructor(params: { drugId: number; fillId?: number }) {
    super('No price is known of this product: set one in the catalogue before it is sold.', params);
  }
}

/** 422: the price is above what the regulator allows. */
export class PriceCeiling extends DomainError {
  readonly code = 'price-ceiling';
  readonly status = 422;
  readonly title = 'Above the price ceiling';
  constructor(drugId: number, price: string, ceiling: string) {
    super('The price of this product is above its regulated ceiling.', { drugId, price, ceiling });
  }
}

/** 422: the product has no such unit, or the amount of it is no exact number of base units. */
export class UnitNotSold extends DomainError {
  readonly code = 'unit-not-sold';
  readonly status = 422;
  readonly title = 'Not sold in this unit';
  constructor(drugId: number, unit: string) {
    super('This product cannot be sold in this quantity of this unit.', { drugId, unit });
  }
}

/** 422: a discount above the price, or above the cashier's limit. */
export class DiscountLimit extends DomainError {
  readonly code = 'discount-limit';
  readonly status = 422;
  readonly title = 'Discount too high';
  constructor(lineNo: number, limit: string) {
    super('This discount is above the limit.', { lineNo, limit });
  }
}

/** 422: the tenders do not reach the total. */
export class PaymentShort extends DomainError {
  readonly code = 'payment-short';
  readonly status = 422;
  readonly title = 'Not fully paid';
  constructor(total: string, tendered: string, missing: string) {
    super('The payments do not reach the total.', { total, tendered, missing });
  }
}

/** 422: change is given from cash only, so cards and wallets may not pay more than the total. */
export class ChangeOnlyFromCash extends DomainError {
  readonly code = 'change-only-from-cash';
  readonly status = 422;
  readonly title = 'Too much paid';
  constructor(total: string, change: string) {
    super('More was paid than the total, and change is given from cash only.', { total, change });
  }
}

/** 422: refunds must add up to what is given back, and no card gets back more than it paid. */
export class RefundMismatch extends DomainError {
  readonly code = 'refund-mismatch';
  readonly status = 422;
  readonly title = 'Refund does not fit';
  constructor(params: { total: string; method?: string; available?: string }) {
    super('The refund payments do not fit what is to be given back.', params);
  }
}

/** 409: more would be returned of a line than is left of it. */
export class ReturnedMoreThanSold extends DomainError {
  readonly code = 'returned-more-than-sold';
  readonly status = 409;
  readonly title = 'More than was sold';
  constructor(params: { saleItemId?: number; left?: string } = {}) {
    super('More would be returned of this line than was sold and not yet returned.', params);
  }
}
