import { registerRefusals, type DatabaseFailure } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';

/** 422: above the limit of the branch, who wrote or submitted an order does not approve it. */
export class ApprovalByAnother extends DomainError {
  readonly code = 'approval-by-another';
  readonly status = 422;
  readonly title = 'Another user approves this';
  constructor() {
    super('This is above the limit of the branch: somebody else than who wrote or submitted it approves it.');
  }
}

/** 422: more would be received than was ordered, with the tolerance; nothing was received. */
export class OverReceipt extends DomainError {
  readonly code = 'over-receipt';
  readonly status = 422;
  readonly title = 'More than was ordered';
  constructor(params: { lineNo?: number; open?: string; received?: string } = {}) {
    super('More would be received than was ordered, with the tolerance. Nothing was received.', params);
  }
}

/** 422: more would come free than was ordered free, with the tolerance, and nobody who approves orders said why; nothing was received. */
export class OverBonus extends DomainError {
  readonly code = 'over-bonus';
  readonly status = 422;
  readonly title = 'More free goods than ordered';
  constructor(params: { lineNo?: number; open?: string; received?: string } = {}) {
    super(
      'More would come free than was ordered free, with the tolerance. Somebody who approves orders receives it and says why. Nothing was received.',
      params,
    );
  }
}

/** 409: the document changed in the same moment; reading it again shows where it stands. */
export class DocumentMoved extends DomainError {
  readonly code = 'document-moved';
  readonly status = 409;
  readonly title = 'Changed meanwhile';
  constructor() {
    super('This changed in the same moment. Read it again.');
  }
}

/** 422: a product that has an expiry came without one; nothing was received. */
export class ExpiryRequired extends DomainError {
  readonly code = 'expiry-required';
  readonly status = 422;
  readonly title = 'Expiry is missing';
  constructor(drugId?: number) {
    super('This product has an expiry: read it from the pack. Nothing was received.', { drugId });
  }
}

/** 409: something of the receipt line was dispensed, sold, moved or reserved, so it is not taken back. */
export class StockHasLeft extends DomainError {
  readonly code = 'stock-has-left';
  readonly status = 409;
  readonly title = 'Something of it has left';
  constructor() {
    super('Something of this receipt line has left its lot or is reserved, so it cannot be taken back.');
  }
}

/** 409: the receipt line was taken back before. */
export class AlreadyReversed extends DomainError {
  readonly code = 'already-reversed';
  readonly status = 409;
  readonly title = 'Taken back already';
  constructor() {
    super('This receipt line was taken back before.');
  }
}

/** 422: an invoice differs from what was ordered or came; `params.differences` says where. A reason lets it pass. */
export class InvoiceDiffers extends DomainError {
  readonly code = 'invoice-differs';
  readonly status = 422;
  readonly title = 'Differs from order or receipt';
  constructor(differences: readonly unknown[] = []) {
    super(
      'This invoice differs from what was ordered or came. Say why it is approved all the same, or dispute it.',
      {
        differences,
      },
    );
  }
}

/** 422: more would be paid or credited than is open of an invoice. */
export class MoreThanOpen extends DomainError {
  readonly code = 'more-than-open';
  readonly status = 422;
  readonly title = 'More than is open';
  constructor() {
    super('More would be paid or credited than is open of this invoice.');
  }
}

const drugIdOf = ({ detail }: DatabaseFailure): number | undefined => Number(detail) || undefined;

/** 422: the server has no mail server to send by. */
export class MailNotConfigured extends DomainError {
  readonly code = 'mail-not-configured';
  readonly status = 422;
  readonly title = 'No mail server';
  constructor() {
    super('This server has no mail server to send by. Write the mail in your own mail program.');
  }
}

/** 422: the mail server refused the mail; it did not go out. */
export class MailRefused extends DomainError {
  readonly code = 'mail-refused';
  readonly status = 422;
  readonly title = 'The mail server refused it';
  constructor() {
    super(
      'The mail server refused this mail: the address, or the sender, is not accepted. It did not go out.',
    );
  }
}

/** 503: the mail server did not answer in time. */
export class MailUnreachable extends DomainError {
  readonly code = 'mail-unreachable';
  readonly status = 503;
  readonly title = 'The mail server does not answer';
  constructor() {
    super(
      'The mail server did not answer in time. Try again; where only its answer was lost, the mail goes out twice.',
    );
  }
}

/** 409: the same mail is being sent at this moment, or was when the server stopped. */
export class MailUnderWay extends DomainError {
  readonly code = 'mail-under-way';
  readonly status = 409;
  readonly title = 'Being sent already';
  constructor() {
    super('This mail is being sent at the moment. Look at the mails of the order before it is sent again.');
  }
}

/** 403: the branch has these steps done by different people. */
export class DutiesNotSeparate extends DomainError {
  readonly code = 'duties-not-separate';
  readonly status = 403;
  readonly title = 'For another person to do';
  constructor() {
    super(
      'Who entered the supplier or wrote the order does not approve it, and who approved it does not receive it.',
    );
  }
}

registerRefusals({
  MD006: () => new OverReceipt(),
  MD217: () => new OverBonus(),
  MD270: () => new DocumentMoved(),
  MD272: () => new ApprovalByAnother(),
  MD428: () => new DutiesNotSeparate(),
  MD273: () => new RuleViolation('An order without lines cannot be submitted.'),
  MD275: () => new StockHasLeft(),
  MD277: (failure) => new ExpiryRequired(drugIdOf(failure)),
  MD280: () => new RuleViolation('The order, line or invoice named is of another supplier or product.'),
  MD281: () => new MoreThanOpen(),
  MD282: () => new InvoiceDiffers(),
  supplier_invoices_number_key: () => new Duplicate('This supplier has an invoice of this number already.'),
  supplier_invoices_order_fkey: () => new NotFound('order'),
  supplier_invoices_credits_fkey: () => new NotFound('invoice'),
  supplier_invoice_items_drug_id_fkey: () => new NotFound('drug'),
  supplier_returns_supplier_id_fkey: () => new NotFound('supplier'),
  suppliers_returns_check: () =>
    new RuleViolation('Days of returns come together, and the first is not after the last.'),
  reorder_rules_drug_id_fkey: () => new NotFound('drug'),
  reorder_rules_supplier_id_fkey: () => new NotFound('supplier'),
  reorder_rules_range_check: () =>
    new RuleViolation('Least and most come together, and the least is less than the most.'),
  goods_receipt_reversals_pkey: () => new AlreadyReversed(),
  stock_movements_reversed_once_key: () => new AlreadyReversed(),
  goods_receipt_refusals_drug_id_fkey: () => new NotFound('drug'),
  purchase_orders_supplier_id_fkey: () => new NotFound('supplier'),
  purchase_order_items_drug_id_fkey: () => new NotFound('drug'),
});
