import type { TestDatabase } from '../support/db.js';
import { aTillShift } from './sale.js';

/** A line of a sale of any day; money and quantity are decimal strings. */
export interface PastLine {
  readonly drugId: number;
  readonly quantity: string;
  readonly amount: string;
  readonly discount?: string;
  readonly taxRate?: string;
  readonly tax?: string;
  /** A fill that is handed over: its stock has left already. */
  readonly fillId?: number;
}

/** A sale as it was posted. */
export interface PastSale {
  readonly saleId: number;
  readonly saleItemIds: readonly number[];
}

interface At {
  readonly branchId: number;
  readonly userId: number;
}

/**
 * Posts a sale of a business day by SQL, past the till and through every trigger, as one that was made without a connection comes in later.
 * A taxed line has a class of its rate, added to prices. Paid by one tender; stock leaves now, first expiry first.
 */
export async function aPastSale(
  db: TestDatabase,
  at: At,
  sale: (
    | { readonly businessDate: string }
    /** A moment: its business day is that of the branch, as the till reckons it. */
    | { readonly soldAt: string }
  ) & {
    readonly lines: readonly PastLine[];
    readonly method?: 'cash' | 'card';
  },
): Promise<PastSale> {
  const shiftId = await aTillShift(db, at);
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    const { lines } = sale;
    await client.query(
      `with made as (
         insert into operational.tax_classes (code, name, prices_include_tax)
         select distinct 'RATE-' || round(r * 10000), 'Rate ' || r, false from unnest($1::numeric[]) r where r > 0 on conflict (code) do nothing returning tax_class_id, name)
       insert into operational.tax_rates (tax_class_id, valid_from, rate, set_by) select tax_class_id, '2000-01-01', substr(name, 6)::numeric, $2 from made`,
      [lines.map((line) => line.taxRate ?? '0'), at.userId],
    );
    const { rows } = await client.query<{ saleId: number; saleItemIds: number[] }>(
      `with line as (
         select l.*, c.tax_class_id from unnest($4::int[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::int[]) with ordinality
           as l (drug_id, quantity, amount, discount, tax_rate, tax, fill_id, n)
         left join operational.tax_classes c on l.tax_rate > 0 and c.code = 'RATE-' || round(l.tax_rate * 10000)
       ), sale as (
         insert into operational.sales (branch_id, shift_id, user_id, business_date, sale_date, subtotal, discount_total, tax_total, total)
         select $1, $2, $3, coalesce($11::date, ($13::timestamptz at time zone (select time_zone from operational.branches where branch_id = $1))::date), coalesce($13, now()), sum(amount), sum(discount), sum(tax), sum(amount - discount + tax) from line returning sale_id, total
       ), item as (
         insert into operational.sale_items (branch_id, sale_id, line_no, drug_id, fill_id, description, quantity, unit, unit_quantity, pack_price, amount, discount, tax_class_id, tax_rate, tax, line_total)
         select $1, s.sale_id, l.n, l.drug_id, l.fill_id, 'past', l.quantity, 'unit', l.quantity, l.amount, l.amount, l.discount, l.tax_class_id, l.tax_rate, l.tax, l.amount - l.discount + l.tax
         from sale s, line l order by l.n returning sale_item_id, line_no
       ), paid as (
         insert into operational.payments (branch_id, sale_id, shift_id, method, amount) select $1, sale_id, $2, $12, total from sale where total > 0
       )
       select (select sale_id from sale) as "saleId", array_agg(sale_item_id order by line_no) as "saleItemIds" from item`,
      [
        at.branchId,
        shiftId,
        at.userId,
        lines.map((line) => line.drugId),
        lines.map((line) => line.quantity),
        lines.map((line) => line.amount),
        lines.map((line) => line.discount ?? '0'),
        lines.map((line) => line.taxRate ?? '0'),
        lines.map((line) => line.tax ?? '0'),
        lines.map((line) => line.fillId ?? null),
        'businessDate' in sale ? sale.businessDate : null,
        sale.method ?? 'cash',
        'soldAt' in sale ? sale.soldAt : null,
      ],
    );
    const posted = rows[0];
    if (!posted) throw new Error('an insert that answers its row answered none');
    const here = lines.flatMap((line, n) =>
      line.fillId === undefined ? [{ ...line, id: posted.saleItemIds[n] }] : [],
    );
    await client.query(
      `select from operational.issue_stock($1, 'sale', $2::int[], $3::numeric[], array_fill(null::int, array[cardinality($2::int[])]), $4::int[])`,
      [
        at.branchId,
        here.map((line) => line.drugId),
        here.map((line) => line.quantity),
        here.map((line) => line.id),
      ],
    );
    await client.query('commit');
    return posted;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Takes a whole sale of stock back on a business day: every line to the lots it came from, money in cash. */
export async function takenBack(
  db: TestDatabase,
  at: At,
  saleId: number,
  values: { readonly businessDate: string; readonly saleType?: 'return' | 'void'; readonly reason?: string },
): Promise<void> {
  const shiftId = await aTillShift(db, at);
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query(
      `with old as (
         select * from operational.sales where sale_id = $1
       ), sale as (
         insert into operational.sales (branch_id, shift_id, user_id, sale_type, original_sale_id, business_date, subtotal, discount_total, tax_total, total, reason)
         select branch_id, $2, $3, $4, sale_id, $5::date, - subtotal, - discount_total, - tax_total, - total, $6 from old returning sale_id, branch_id, total
       ), item as (
         insert into operational.sale_items (branch_id, sale_id, line_no, drug_id, original_sale_item_id, description, quantity, unit, unit_quantity, pack_price, amount, discount, tax_class_id, tax_rate, tax, line_total, disposition)
         select s.branch_id, s.sale_id, i.line_no, i.drug_id, i.sale_item_id, i.description, - i.quantity, i.unit, - i.unit_quantity, i.pack_price, - i.amount, - i.discount, i.tax_class_id, i.tax_rate, - i.tax, - i.line_total, 'restock'
         from sale s, operational.sale_items i where i.sale_id = $1 order by i.line_no
       )
       insert into operational.payments (branch_id, sale_id, shift_id, method, amount) select branch_id, sale_id, $2, 'cash', total from sale where total < 0`,
      [
        saleId,
        shiftId,
        at.userId,
        values.saleType ?? 'return',
        values.businessDate,
        values.reason ?? 'unopened',
      ],
    );
    await client.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, sale_item_id, balance_after, unit_cost)
       select m.branch_id, m.lot_id, m.drug_id, 'return', - m.quantity, i.sale_item_id, 0, 0
       from operational.sale_items i join operational.stock_movements m on m.sale_item_id = i.original_sale_item_id
       where i.original_sale_item_id in (select sale_item_id from operational.sale_items where sale_id = $1)`,
      [saleId],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
