import type { TestDatabase } from '../support/db.js';

interface At {
  readonly branchId: number;
  readonly userId: number;
}

/** Opens a till shift for a user by SQL and answers its identity; the user's open one when there is one. */
export async function aTillShift(db: TestDatabase, at: At, openingFloat = '100.00'): Promise<number> {
  const { rows } = await db.owner.query<{ shift_id: number }>(
    `with made as (
       insert into operational.till_shifts (branch_id, user_id, opening_float) values ($1, $2, $3)
       on conflict (branch_id, user_id) where status = 'open' do nothing returning shift_id
     )
     select shift_id from made
     union all select shift_id from operational.till_shifts where branch_id = $1 and user_id = $2 and status = 'open'`,
    [at.branchId, at.userId, openingFloat],
  );
  return rows[0]?.shift_id ?? 0;
}

/** A posted sale of one over-the-counter line, paid in cash. */
export interface BuiltSale {
  readonly saleId: number;
  readonly saleItemId: number;
  readonly saleNumber: string;
}

/** Posts a sale by SQL past the till: one line, its stock first expiry first, paid in cash to the smallest unit. */
export async function aSale(
  db: TestDatabase,
  at: At,
  values: { readonly drugId: number; readonly quantity: string; readonly total?: string; patientId?: number },
): Promise<BuiltSale> {
  const shiftId = await aTillShift(db, at);
  const total = values.total ?? '10.00';
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<BuiltSale>(
      `with sale as (
         insert into operational.sales (branch_id, shift_id, user_id, patient_id, business_date, subtotal, total)
         select $1, $2, $3, $7, (now() at time zone time_zone)::date, $6, $6 from operational.branches where branch_id = $1
         returning sale_id, sale_number
       ), line as (
         insert into operational.sale_items
           (branch_id, sale_id, line_no, drug_id, description, quantity, unit, unit_quantity, pack_price, amount, line_total)
         select $1, sale_id, 1, $4, (select name from reference.drugs where drug_id = $4), $5, 'unit', $5, $6, $6, $6 from sale
         returning sale_item_id
       ), paid as (
         insert into operational.payments (branch_id, sale_id, shift_id, method, amount)
         select $1, sale_id, $2, 'cash', $6 from sale where $6 > 0
       )
       select sale_id as "saleId", sale_number as "saleNumber", sale_item_id as "saleItemId" from sale, line`,
      [at.branchId, shiftId, at.userId, values.drugId, values.quantity, total, values.patientId ?? null],
    );
    const sale = rows[0];
    if (!sale) throw new Error('an insert that answers its row answered none');
    await client.query(
      `select from operational.issue_stock($1, 'sale', array[$2::integer], array[$3::numeric], array[null::integer], array[$4::integer])`,
      [at.branchId, values.drugId, values.quantity, sale.saleItemId],
    );
    await client.query('commit');
    return sale;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
