import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';
import { PriceCeiling, ReturnedMoreThanSold } from './basket-refusals.domain.js';

/** 409: the seller has no open till shift at this branch. */
export class NoOpenShift extends DomainError {
  readonly code = 'no-open-shift';
  readonly status = 409;
  readonly title = 'No open till shift';
  constructor() {
    super('Open a till shift first: nothing is sold, paid back or moved without one.');
  }
}

/** 409: the fill was sold before, or by another till a moment ago. */
export class FillAlreadySold extends DomainError {
  readonly code = 'fill-already-sold';
  readonly status = 409;
  readonly title = 'Fill is sold already';
  constructor() {
    super('This fill has been sold already.');
  }
}

/** 409: only a dispensed fill is sold. */
export class FillNotDispensed extends DomainError {
  readonly code = 'fill-not-dispensed';
  readonly status = 409;
  readonly title = 'Fill is not dispensed';
  constructor(fillId: number, fillStatus: string) {
    super('Only a dispensed fill can be sold.', { fillId, fillStatus });
  }
}

/** 409: a return or void cannot itself be returned, and a sale with returns cannot be voided. */
export class SaleNotReversible extends DomainError {
  readonly code = 'sale-not-reversible';
  readonly status = 409;
  readonly title = 'Cannot be taken back';
}

/** 422: what a payer bears is for the whole fill, so it comes back whole. */
export class ClaimedLineWhole extends DomainError {
  readonly code = 'claimed-line-whole';
  readonly status = 422;
  readonly title = 'Return it whole';
  constructor(saleItemId: number) {
    super('A payer bears a part of this line, so it is returned whole or not at all.', { saleItemId });
  }
}

/** 422: the database found that lines, payments and stock of a sale do not agree. Nothing was saved. */
export class SaleDoesNotAddUp extends DomainError {
  readonly code = 'sale-does-not-add-up';
  readonly status = 422;
  readonly title = 'Sale does not add up';
  constructor() {
    super('Lines, payments and stock of this sale do not agree. Nothing was saved.');
  }
}

registerRefusals({
  MD007: () => new NoOpenShift(),
  MD008: () => new ReturnedMoreThanSold(),
  MD009: () => new SaleDoesNotAddUp(),
  MD226: () => new PriceCeiling(),
  sale_items_fill_sold_once_key: () => new FillAlreadySold(),
  sales_patient_fkey: () => new NotFound('patient'),
  sale_items_drug_id_fkey: () => new NotFound('drug'),
});
