import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { LostRace } from '../../platform/errors/domain-error.js';

/** A line of a delivery. */
export interface ReceivedLine {
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  /** Base units. */
  readonly quantity: string;
  /** Net cost of a base unit. */
  readonly unitCost: string;
  /** The order line it answers, where there is one. */
  readonly ordered?: OrderedPart;
  /** Codes of packs scanned of it. */
  readonly packs?: readonly string[];
}

/** What a receipt line has of its order line; decimal strings. */
export interface OrderedPart {
  readonly purchaseOrderItemId: number;
  /** Base units of the quantity that came free. */
  readonly bonus: string;
  /** Why more came free than was ordered; null: it did not. */
  readonly bonusReason: string | null;
  /** Part of the cost of the order line. */
  readonly netCost: string;
  /** Share of the cost of the delivery. */
  readonly landedCost: string;
}

/** Where a delivery comes from. */
export interface DeliverySource {
  readonly supplierId: number | null;
  readonly supplierDocument: string | null;
  readonly purchaseOrderId?: number;
  /** Cost of the delivery itself, shared over its lines already. */
  readonly landedCost?: string;
  /** What the seller states of the transaction (DSCSA). */
  readonly transactionStatement?: string | null;
}

/** A line with the lot it went into. */
export interface PostedLine extends ReceivedLine {
  readonly goodsReceiptItemId: number;
  readonly lineNo: number;
  readonly lotId: number;
}

const BRANCH_DATE = `
select /* inventory.branchDate */ (now() at time zone b.time_zone)::date as today
from operational.branches b where b.branch_id = $1`;

const INSERT_RECEIPT = `
insert /* inventory.insertReceipt */ into operational.goods_receipts (branch_id, supplier_id, supplier_document, received_by, purchase_order_id, landed_cost, transaction_statement)
values ($1, $2, $3, $4, $5, $6, $7)
returning goods_receipt_id as "goodsReceiptId", received_at as "receivedAt"`;

/** What a line is when it arrives: available, or called back. */
const ARRIVES_AS = `operational.arriving_status($1, u.drug_id, u.lot_number, u.expiry_date)`;

/** Makes the lots that are not there; in one order for everybody, so that two deliveries of the same goods only queue. */
const INSERT_LOTS = `
insert /* inventory.insertLots */ into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, supplier_id, status)
select distinct on (u.drug_id, u.expiry_date, u.lot_number, u.unit_cost) $1::integer, u.drug_id, u.lot_number, u.expiry_date, u.unit_cost, $2::integer, ${ARRIVES_AS}
from unnest($3::integer[], $4::text[], $5::date[], $6::numeric[]) as u (drug_id, lot_number, expiry_date, unit_cost)
where not exists (
  select from operational.inventory_lots l where l.branch_id = $1 and l.drug_id = u.drug_id and l.lot_number = u.lot_number
    and l.expiry_date is not distinct from u.expiry_date and l.unit_cost = u.unit_cost and l.status = ${ARRIVES_AS})
order by u.drug_id, u.expiry_date, u.lot_number, u.unit_cost
on conflict (branch_id, drug_id, lot_number, expiry_date, unit_cost) where status = 'available' do nothing`;

/**
 * Finds the lot that every line goes into and locks it, in the order of all stock locks. The status is asked of the locked row
 * again: a lot set aside while it was waited for takes nothing in.
 */
const LOCK_LOTS = `
select /* inventory.lockReceivedLots */ l.lot_id as "lotId", u.n::integer as "lineNo"
from unnest($2::integer[], $3::text[], $4::date[], $5::numeric[]) with ordinality as u (drug_id, lot_number, expiry_date, unit_cost, n)
join operational.inventory_lots l on l.lot_id = (
  select min(x.lot_id) from operational.inventory_lots x where x.branch_id = $1 and x.drug_id = u.drug_id and x.lot_number = u.lot_number
    and x.expiry_date is not distinct from u.expiry_date and x.unit_cost = u.unit_cost and x.status = ${ARRIVES_AS})
where l.status = ${ARRIVES_AS}
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
for update of l`;

/** Receipt lines and their ledger rows; a line says its order by its identity, which rises. */
const INSERT_LINES = `
with /* inventory.insertReceiptLines */ line as (
  insert into operational.goods_receipt_items (branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, quantity, unit_cost,
    purchase_order_item_id, bonus, net_cost, landed_cost, bonus_reason)
  select $1, $2, u.drug_id, u.lot_number, u.expiry_date, u.quantity, u.unit_cost, u.purchase_order_item_id, u.bonus, u.net_cost, u.landed_cost, u.bonus_reason
  from unnest($3::integer[], $4::text[], $5::date[], $6::numeric[], $7::numeric[], $10::integer[], $11::numeric[], $12::numeric[], $13::numeric[], $14::text[])
    with ordinality as u (drug_id, lot_number, expiry_date, quantity, unit_cost, purchase_order_item_id, bonus, net_cost, landed_cost, bonus_reason, n)
  order by u.n
  returning goods_receipt_item_id, drug_id, quantity
), numbered as (
  select l.*, row_number() over (order by l.goods_receipt_item_id) as n from line l
), moved as (
  insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost, witness_id)
  select $1, ($8::integer[])[n.n], n.drug_id, 'receipt', n.quantity, n.goods_receipt_item_id, 0, 0, $9::integer
  from numbered n order by n.n
)
select n.goods_receipt_item_id as "goodsReceiptItemId" from numbered n order by n.n`;

/** Writes deliveries. */
@Injectable()
export class ReceivingRepository {
  /** The branch's date of today; undefined when there is no such branch. */
  async today(tx: Tx, branchId: number): Promise<string | undefined> {
    return (await tx.maybeOne<{ today: string }>(BRANCH_DATE, [branchId]))?.today;
  }

  async insertReceipt(
    tx: Tx,
    branchId: number,
    receipt: DeliverySource & { readonly userId: number },
  ): Promise<{ goodsReceiptId: number; receivedAt: Date }> {
    return tx.one(INSERT_RECEIPT, [
      branchId,
      receipt.supplierId,
      receipt.supplierDocument,
      receipt.userId > 0 ? receipt.userId : null,
      receipt.purchaseOrderId ?? null,
      receipt.landedCost ?? '0',
      receipt.transactionStatement ?? null,
    ]);
  }

  /** Finds or makes and locks the lot of each line; answers lot ids in the order of the lines. Throws LostRace. */
  async lotsFor(
    tx: Tx,
    branchId: number,
    supplierId: number | null,
    lines: readonly ReceivedLine[],
  ): Promise<number[]> {
    const columns = [
      lines.map((line) => line.drugId),
      lines.map((line) => line.lotNumber),
      lines.map((line) => line.expiryDate),
      lines.map((line) => line.unitCost),
    ];
    await tx.execute(INSERT_LOTS, [branchId, supplierId, ...columns]);
    const rows = await tx.query<{ lotId: number; lineNo: number }>(LOCK_LOTS, [branchId, ...columns]);
    if (rows.length !== lines.length) throw new LostRace('lot');
    return rows.sort((a, b) => a.lineNo - b.lineNo).map((row) => row.lotId);
  }

  async insertLines(
    tx: Tx,
    branchId: number,
    goodsReceiptId: number,
    lines: readonly ReceivedLine[],
    lotIds: readonly number[],
    witnessId: number | undefined,
  ): Promise<PostedLine[]> {
    const rows = await tx.query<{ goodsReceiptItemId: number }>(INSERT_LINES, [
      branchId,
      goodsReceiptId,
      lines.map((line) => line.drugId),
      lines.map((line) => line.lotNumber),
      lines.map((line) => line.expiryDate),
      lines.map((line) => line.quantity),
      lines.map((line) => line.unitCost),
      lotIds,
      witnessId ?? null,
      lines.map((line) => line.ordered?.purchaseOrderItemId ?? null),
      lines.map((line) => line.ordered?.bonus ?? '0'),
      lines.map((line) => line.ordered?.netCost ?? null),
      lines.map((line) => line.ordered?.landedCost ?? '0'),
      lines.map((line) => line.ordered?.bonusReason ?? null),
    ]);
    return lines.map(({ packs: _, ...line }, index) => ({
      goodsReceiptItemId: rows[index]?.goodsReceiptItemId ?? 0,
      lineNo: index + 1,
      lotId: lotIds[index] ?? 0,
      ...line,
    }));
  }
}
