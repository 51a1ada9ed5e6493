import { registerRefusals, type DatabaseFailure } from '../../platform/errors/database-errors.js';
import { DomainError, NotFound } from '../../platform/errors/domain-error.js';
import { StockSetAside } from './adjustment.domain.js';

/** How much of which product was asked for and is free. */
type Shortage = Readonly<{ drugId?: number; requested?: string; available?: string }>;

/** Lots of the product that lie set aside at the branch, and the recalls that did it. */
type SetAside = Readonly<{
  reason: 'recalled';
  recallIds: readonly number[];
  lotNumbers: readonly string[];
}>;

/** 409: there is less free stock than asked for; nothing was taken. */
export class InsufficientStock extends DomainError {
  readonly code = 'insufficient-stock';
  readonly status = 409;
  readonly title = 'Not enough stock';

  /** Quantities in base units; without params when the lot's own CHECK refused and knows no more. */
  constructor(params: Shortage & Partial<SetAside> = {}) {
    super(
      params.reason === 'recalled'
        ? 'There is not enough stock for this: lots of it were called back. Nothing was taken.'
        : 'There is not enough stock for this. Nothing was taken.',
      params,
    );
  }
}

/** 409: the lot is expired, quarantined, on hold or recalled, so it may not leave to a patient. */
export class LotNotDispensable extends DomainError {
  readonly code = 'lot-not-dispensable';
  readonly status = 409;
  readonly title = 'Lot may not be dispensed';

  constructor() {
    super('A lot needed for this is expired, quarantined, on hold or recalled.');
  }
}

/** 422: goods past their expiry are not taken in. */
export class LotExpired extends DomainError {
  readonly code = 'lot-expired';
  readonly status = 422;
  readonly title = 'Lot is expired';

  constructor(params: { drugId: number; lotNumber: string; expiryDate: string }) {
    super('An expired lot cannot be received. Nothing was received.', params);
  }
}

/** 409: taking back or correcting needs a lot that this document never moved. */
export class StockDocumentMismatch extends DomainError {
  readonly code = 'stock-document-mismatch';
  readonly status = 409;
  readonly title = 'More than was issued';

  constructor() {
    super('More would come back than this line once took from stock.');
  }
}

/** 409: what one person asked for is approved by another. */
export class AnotherApproves extends DomainError {
  readonly code = 'adjustment-own';
  readonly status = 409;
  readonly title = 'Somebody else approves';

  constructor() {
    super('This correction is worth more than one person may post: another approves it.');
  }
}

/** Message of operational.issue_stock: "insufficient stock of drug 7: 30 requested, 20 available". */
function shortage(failure: DatabaseFailure): InsufficientStock {
  const match = /drug (\d+): ([\d.]+) requested, ([\d.]+) available/.exec(failure.message);
  return match
    ? new InsufficientStock({ drugId: Number(match[1]), requested: match[2], available: match[3] })
    : new InsufficientStock();
}

registerRefusals({
  MD001: shortage,
  MD003: () => new LotNotDispensable(),
  MD140: () => new AnotherApproves(),
  MD215: () => new StockSetAside(),
  stock_adjustments_other_check: () => new AnotherApproves(),
  stock_adjustments_corrects_movement_id_fkey: () => new NotFound('movement of this product'),
  inventory_lots_quantity_check: () => new InsufficientStock(),
  inventory_lots_reserved_check: () => new InsufficientStock(),
  stock_movements_lot_fkey: () => new NotFound('lot'),
  stock_movements_corrects_movement_id_fkey: () => new NotFound('movement of this product'),
  stock_destructions_lot_fkey: () => new NotFound('lot'),
  stock_reservations_lot_fkey: () => new NotFound('lot'),
  inventory_lots_drug_id_fkey: () => new NotFound('drug'),
  goods_receipt_items_drug_id_fkey: () => new NotFound('drug'),
  goods_receipts_supplier_id_fkey: () => new NotFound('supplier'),
});
