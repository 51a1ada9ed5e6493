import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';

/** 409: part of it is in transit or in dispute. */
export class TransferOpen extends DomainError {
  readonly code = 'transfer-open';
  readonly status = 409;
  readonly title = 'Not settled';
  constructor() {
    super('Something of this transfer is in transit or in dispute: settle it first.');
  }
}

/** 409: this is done by the other branch; `params.branchId` says which. */
export class OtherBranch extends DomainError {
  readonly code = 'transfer-other-branch';
  readonly status = 409;
  readonly title = 'The other branch does this';
  constructor(branchId: number) {
    super('This is done by the other branch of the transfer.', { branchId });
  }
}

/** 422: more is sent than was agreed to; `params.transferLineId` is the line, where it is known. */
export class MoreThanApproved extends DomainError {
  readonly code = 'transfer-more-than-approved';
  readonly status = 422;
  readonly title = 'More than was agreed to';
  constructor(params: { readonly transferLineId?: number; readonly approved?: string } = {}) {
    super('More would be sent than was agreed to. Nothing was sent.', params);
  }
}

/** 422: a discrepancy of this kind is not settled that way, or not by this branch; `params.ways` are those that are open. */
export class WayNotOpen extends DomainError {
  readonly code = 'resolution-not-open';
  readonly status = 422;
  readonly title = 'Not settled that way';
  constructor(ways: readonly string[]) {
    super('A discrepancy of this kind is not settled this way at this branch.', { ways });
  }
}

/** 409: who reported a discrepancy does not settle it. */
export class ReporterMayNotResolve extends DomainError {
  readonly code = 'discrepancy-own';
  readonly status = 409;
  readonly title = 'Somebody else settles it';
  constructor() {
    super('Whoever reported a discrepancy does not settle it.');
  }
}

registerRefusals({
  MD133: () => new TransferOpen(),
  MD135: () => new MoreThanApproved(),
  stock_transfer_discrepancies_other_check: () => new ReporterMayNotResolve(),
  stock_transfer_lines_drug_id_fkey: () => new NotFound('drug'),
});
