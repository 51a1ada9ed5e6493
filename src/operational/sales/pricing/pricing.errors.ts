import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError, Duplicate, NotFound } from '../../../platform/errors/domain-error.js';

/** 422: a rate is set for today or a later day, never for one that is over or another rate of has begun. */
export class TaxRateInEffect extends DomainError {
  readonly code = 'tax-rate-in-effect';
  readonly status = 422;
  readonly title = 'The day has begun';
  constructor() {
    super('A rate whose day has begun stays as it is: set another from a later day on.');
  }
}

/** 409: a promotion that was used or has ended is not changed: it is ended, and another made. */
export class PromotionUsed extends DomainError {
  readonly code = 'promotion-used';
  readonly status = 409;
  readonly title = 'Promotion was used';
  constructor() {
    super('This promotion was used or has ended: end it and make another.');
  }
}

/** 409: a promotion changed or ended while the sale was made; the basket is priced again. */
export class PromotionChanged extends DomainError {
  readonly code = 'promotion-changed';
  readonly status = 409;
  readonly title = 'Promotion changed meanwhile';
  constructor() {
    super('A promotion changed or ended a moment ago: look at the prices again.');
  }
}

registerRefusals({
  MD220: () => new TaxRateInEffect(),
  MD221: () => new PromotionUsed(),
  MD222: () => new PromotionChanged(),
  tax_classes_code_key: () => new Duplicate('There is a tax class with this code.'),
  tax_rates_tax_class_id_fkey: () => new NotFound('tax class'),
  branches_tax_class_fkey: () => new NotFound('tax class'),
  branches_rx_tax_class_fkey: () => new NotFound('tax class'),
  drug_tax_classes_class_fkey: () => new NotFound('tax class'),
  drug_tax_classes_drug_id_fkey: () => new NotFound('drug'),
  promotion_targets_drug_id_fkey: () => new NotFound('drug'),
  promotion_targets_category_fkey: () => new NotFound('category'),
  promotion_targets_company_fkey: () => new NotFound('company'),
  promotion_targets_once_key: () => new Duplicate('A promotion names a target once.'),
});
