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

/** 422: no credit note of this branch has the number. */
export class CreditNoteUnknown extends DomainError {
  readonly code = 'credit-note-unknown';
  readonly status = 422;
  readonly title = 'No such credit note';
  constructor() {
    super('This branch has given no credit note of this number.');
  }
}

/** 422: the last day of the credit note is over. */
export class CreditNoteExpired extends DomainError {
  readonly code = 'credit-note-expired';
  readonly status = 422;
  readonly title = 'Credit note has expired';
  constructor() {
    super('The last day of this credit note is over.');
  }
}

/** 422: less is left of the credit note, or another till took it a moment ago. */
export class CreditNoteShort extends DomainError {
  readonly code = 'credit-note-short';
  readonly status = 422;
  readonly title = 'Not enough left';
  constructor() {
    super('Less than this is left of the credit note. Nothing was taken from it.');
  }
}

registerRefusals({
  MD442: () => new CreditNoteUnknown(),
  MD443: () => new CreditNoteExpired(),
  MD444: () => new CreditNoteShort(),
  MD445: () => new SaleDoesNotAddUp(),
  MD007: () => new NoOpenShift(),
  MD008: () => new ReturnedMoreThanSold(),
  MD009: () => new SaleDoesNotAddUp(),
  MD226: () => new PriceCeiling(),
  sale_items_fill_sold_once_key: () => new FillAlreadySold(),
  sales_patient_fkey: () => new NotFound('patient'),
  sale_items_drug_id_fkey: () => new NotFound('drug'),
});
