import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';

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

/** 409: the document changed in the same moment; reading it again shows where it stands. */
export class DocumentMoved extends DomainError {
  readonly code = 'document-moved';
  readonly status = 409;
  readonly title = 'Changed meanwhile';
  constructor() {
    super('This changed in the same moment. Read it again.');
  }
}

registerRefusals({
  MD006: () => new OverReceipt(),
  MD270: () => new DocumentMoved(),
  MD272: () => new ApprovalByAnother(),
  MD273: () => new RuleViolation('An order without lines cannot be submitted.'),
  purchase_orders_supplier_id_fkey: () => new NotFound('supplier'),
  purchase_order_items_drug_id_fkey: () => new NotFound('drug'),
});
