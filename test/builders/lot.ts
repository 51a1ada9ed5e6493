import { randomBytes } from 'node:crypto';

import type { TestDatabase } from '../support/db.js';

/** What a test may say of its lot. Quantities and costs are decimal strings in base units. */
export interface LotValues {
  readonly branchId: number;
  readonly drugId: number;
  /** Base units received; "0" makes an empty lot. Default "100". */
  readonly quantity?: string;
  /** 'YYYY-MM-DD', or null for none stated. Default a year and a half from today. */
  readonly expiryDate?: string | null;
  readonly lotNumber?: string;
  readonly unitCost?: string;
  readonly status?: 'available' | 'quarantined' | 'on_hold' | 'recalled' | 'expired';
  readonly receivedAt?: Date;
}

/** A lot in the database, as the builder made it. */
export interface BuiltLot {
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
}

const BRANCH_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Cairo' });

/** The day so many days from now, in the time zone of the branches that tests build: the shop's day, not London's. */
export const daysFromNow = (days: number): string =>
  BRANCH_DAY.format(new Date(Date.now() + days * 86_400_000));

/** Puts a lot on the shelf of a branch the way deliveries do: a goods receipt with its line, the lot, a ledger row. */
export async function aLot(db: TestDatabase, values: LotValues): Promise<BuiltLot> {
  const quantity = values.quantity ?? '100';
  const lotNumber = values.lotNumber ?? `L${randomBytes(4).toString('hex').toUpperCase()}`;
  const expiryDate = values.expiryDate === undefined ? daysFromNow(540) : values.expiryDate;
  const unitCost = values.unitCost ?? '0.50';
  const { rows } = await db.owner.query<{ lot_id: number }>(
    `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, received_at)
     values ($1, $2, $3, $4, $5, coalesce($6, now())) returning lot_id`,
    [values.branchId, values.drugId, lotNumber, expiryDate, unitCost, values.receivedAt ?? null],
  );
  const lotId = rows[0]?.lot_id ?? 0;
  if (/[1-9]/.test(quantity))
    await db.owner.query(
      `with receipt as (
         insert into operational.goods_receipts (branch_id, supplier_document) values ($1, 'test') returning goods_receipt_id
       ), line as (
         insert into operational.goods_receipt_items (branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, quantity, unit_cost)
         select $1, goods_receipt_id, $2, $3, $4, $5, $6 from receipt returning goods_receipt_item_id
       )
       insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost)
       select $1, $7, $2, 'receipt', $5, goods_receipt_item_id, 0, 0 from line`,
      [values.branchId, values.drugId, lotNumber, expiryDate, quantity, unitCost, lotId],
    );
  if (values.status && values.status !== 'available')
    await db.owner.query('update operational.inventory_lots set status = $2 where lot_id = $1', [
      lotId,
      values.status,
    ]);
  return { lotId, lotNumber, expiryDate };
}

/** Lots of the branch whose quantity differs from their ledger or reservations: must be empty. */
export async function discrepancies(db: TestDatabase): Promise<unknown[]> {
  const { rows } = await db.owner.query<Record<string, unknown>>(
    'select * from operational.stock_discrepancies',
  );
  return rows;
}
