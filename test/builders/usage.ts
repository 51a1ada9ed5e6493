import type { TestDatabase } from '../support/db.js';
import { aBareFill } from './bare-fill.js';
import { aLot, daysFromNow } from './lot.js';
import type { World } from './world.js';

const NOON = `(((now() at time zone 'Africa/Cairo')::date - $5::integer) + time '12:00') at time zone 'Africa/Cairo'`;

/** Stock that came so many days ago by the calendar of the branch, in a lot of its own. Answers the lot. */
export async function stockCame(
  db: TestDatabase,
  { branchId }: World,
  of: { drugId: number; quantity: string; daysAgo: number; expiryDays?: number | undefined },
): Promise<number> {
  const expiryDate = daysFromNow(of.expiryDays ?? 600);
  const { lotId } = await aLot(db, { branchId, drugId: of.drugId, quantity: '0', expiryDate });
  await db.owner.query(
    `with r as (insert into operational.goods_receipts (branch_id, received_at) values ($1, ${NOON}) returning goods_receipt_id),
       i as (insert into operational.goods_receipt_items (branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, quantity, unit_cost)
         select $1, goods_receipt_id, $2, 'X', $6, $4, 1 from r returning goods_receipt_item_id)
     insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost, effective_at)
     select $1, $3, $2, 'receipt', $4, goods_receipt_item_id, 0, 0, ${NOON} from i`,
    [branchId, of.drugId, lotId, of.quantity, of.daysAgo, expiryDate],
  );
  return lotId;
}

/** Stock of a lot that went to a patient so many days ago. */
export async function stockWent(
  db: TestDatabase,
  world: World,
  of: { drugId: number; lotId: number; quantity: string; daysAgo: number },
): Promise<void> {
  const { fillId } = await aBareFill(db, world, { drugId: of.drugId, quantity: of.quantity });
  await db.owner.query(
    `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost, effective_at)
     values ($1, $2, $3, 'dispense', - $4::numeric, $6, 0, 0, ${NOON})`,
    [world.branchId, of.lotId, of.drugId, of.quantity, of.daysAgo, fillId],
  );
}
