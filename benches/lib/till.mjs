// A till with stock to sell, for benches of the checkout.
import { copiesOfAProduct } from '../generate/copies.mjs';

export const LOTS = 4;
const PER_LOT = 1_000_000;

/** Opens the shift of who is signed in. */
export async function openTill(base, headers) {
  const opened = await fetch(`${base}/till-shifts`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ openingFloat: '100.00' }),
  });
  if (!opened.ok) throw new Error(await opened.text());
}

/** Copies of a product that is sold over the counter, each with lots; past the triggers, as they would have left them. */
export async function stockUp(owner, branchId, products) {
  await owner.query('set session_replication_role = replica');
  const drugIds = await copiesOfAProduct(owner, products);
  await owner.query(
    `with lots as (
       insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, quantity, unit_cost)
       select $1, d, 'B' || k, current_date + 100 * k, ${PER_LOT}, 1 from unnest($2::int[]) d, generate_series(1, ${LOTS}) k
       returning lot_id, branch_id, drug_id, quantity, unit_cost)
     insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason)
     select branch_id, lot_id, drug_id, 'adjustment', quantity, quantity, unit_cost, 'bench' from lots`,
    [branchId, drugIds],
  );
  await owner.query('set session_replication_role = origin');
  await owner.query('analyze');
  return drugIds;
}

/** Baskets of one to three products each, drawn by `drugOf`. */
export function basketsOf() {
  let sold = 0;
  return (drugOf) => () => {
    const wanted = new Set(Array.from({ length: 1 + (sold++ % 3) }, drugOf));
    const items = [...wanted].map((drugId) => ({ drugId, quantity: '1' }));
    return ['/api/sales', { items, payments: [{ method: 'cash', amount: '100000.00' }] }];
  };
}
