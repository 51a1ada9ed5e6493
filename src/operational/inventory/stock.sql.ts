/**
 * The stock-moving statements. Locks are always taken in the order drug, expiry (none last), received, lot, the order
 * of operational.plan_fefo, so that no two baskets can wait for each other.
 */

/** Takes stock first expiry first, all lines or none. Index: inventory_lots_fefo_idx. */
export const ISSUE_STOCK = `
select /* inventory.issueStock */ i.line_no as "lineNo", i.lot_id as "lotId", i.lot_number as "lotNumber",
  i.expiry_date as "expiryDate", trim_scale(i.quantity)::text as quantity
from operational.issue_stock($1, $2, $3::integer[], $4::numeric[], $5::integer[], $6::integer[])
  with ordinality as i (line_no, lot_id, lot_number, expiry_date, quantity, movement_id, n)
order by i.n`;

/** Which lots would give a quantity of one product; locks them. */
export const PLAN_FEFO = `
select /* inventory.planFefo */ p.lot_id as "lotId", p.lot_number as "lotNumber", p.expiry_date as "expiryDate",
  trim_scale(p.quantity)::text as quantity
from operational.plan_fefo($1, array[$2::integer], array[$3::numeric])
  with ordinality as p (line_no, lot_id, drug_id, lot_number, expiry_date, quantity, n)
order by p.n`;

/** The same for several products. */
export const PLAN_LINES = `
select /* inventory.planLines */ p.line_no as "lineNo", p.lot_id as "lotId", p.lot_number as "lotNumber", p.expiry_date as "expiryDate",
  trim_scale(p.quantity)::text as quantity
from operational.plan_fefo($1, $2::integer[], $3::numeric[])
  with ordinality as p (line_no, lot_id, drug_id, lot_number, expiry_date, quantity, n)
order by p.n`;

export const INSERT_RESERVATIONS = `
insert /* inventory.insertReservations */ into operational.stock_reservations (branch_id, lot_id, fill_id, quantity)
select $1, u.lot_id, $2, u.quantity
from unnest($3::integer[], $4::numeric[]) with ordinality as u (lot_id, quantity, n)
order by u.n`;

/** Locks the lots a fill has reserved, before their reservations are closed, and $2, where it is to have another. Index: stock_reservations_fill_idx. */
export const LOCK_RESERVED_LOTS = `
select /* inventory.lockReservedLots */ l.lot_id as "lotId"
from operational.inventory_lots l
where l.lot_id in (
  select r.lot_id from operational.stock_reservations r where r.fill_id = $1 and r.status = 'open'
  union all
  select $2::integer where $2::integer is not null)
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
for update`;

/** What is free of a lot of the branch, and whether it may leave to a patient. */
export const FIND_FREE = `
select /* inventory.findFree */ l.drug_id as "drugId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate",
  trim_scale(l.quantity - l.quantity_reserved)::text as free,
  l.status = 'available' and (l.expiry_date is null or l.expiry_date >= (now() at time zone b.time_zone)::date) as "isDispensable"
from operational.inventory_lots l join operational.branches b using (branch_id)
where l.branch_id = $1 and l.lot_id = $2`;

/** Closes a fill's open reservations as consumed or released; the trigger frees the lots. */
export const CLOSE_RESERVATIONS = `
update /* inventory.closeReservations */ operational.stock_reservations r
set status = $2, closed_at = now()
from operational.inventory_lots l
where r.fill_id = $1 and r.status = 'open' and l.lot_id = r.lot_id
returning r.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate",
  trim_scale(r.quantity)::text as quantity`;

/** Ledger rows for what a fill had reserved. */
export const INSERT_DISPENSE_MOVEMENTS = `
insert /* inventory.insertDispenseMovements */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, fill_id, balance_after, unit_cost)
select $1, u.lot_id, l.drug_id, 'dispense', - u.quantity, $2, 0, 0
from unnest($3::integer[], $4::numeric[]) as u (lot_id, quantity)
join operational.inventory_lots l on l.lot_id = u.lot_id
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id`;

/**
 * What sale lines ($2) and fills ($3) once took, lot by lot, in the order of issue. Locks nothing.
 * Indexes: stock_movements_sale_item_idx, stock_movements_fill_idx.
 */
export const FIND_ISSUED = `
select /* inventory.findIssued */ m.sale_item_id as "saleItemId", m.fill_id as "fillId", m.lot_id as "lotId",
  trim_scale(- m.quantity)::text as quantity
from operational.stock_movements m
where m.branch_id = $1 and m.movement_type in ('sale', 'dispense')
  and (m.sale_item_id = any ($2::integer[]) or m.fill_id = any ($3::integer[]))
order by m.movement_id`;

/** Finds the twin (same product, lot number, expiry, cost) of each lot that is quarantined or recalled, the lot itself where it is one. */
export const FIND_QUARANTINE_LOTS = `
select /* inventory.findQuarantineLots */ o.lot_id as "lotId", min(q.lot_id) as "quarantineLotId"
from operational.inventory_lots o
left join operational.inventory_lots q on q.branch_id = o.branch_id and q.drug_id = o.drug_id and q.status in ('quarantined', 'recalled')
  and q.lot_number = o.lot_number and q.expiry_date is not distinct from o.expiry_date and q.unit_cost = o.unit_cost
where o.branch_id = $1 and o.lot_id = any ($2::integer[])
group by o.lot_id`;

/** An empty quarantined lot beside each lot given, in the order given. */
export const INSERT_QUARANTINE_LOT = `
insert /* inventory.insertQuarantineLot */ into operational.inventory_lots
  (branch_id, drug_id, lot_number, expiry_date, unit_cost, status, supplier_id, received_at, compound_batch_id)
select o.branch_id, o.drug_id, o.lot_number, o.expiry_date, o.unit_cost, 'quarantined', o.supplier_id, o.received_at, o.compound_batch_id
from operational.inventory_lots o
where o.branch_id = $1 and o.lot_id = $2
returning lot_id as "lotId"`;

export const LOCK_LOTS = `
select /* inventory.lockLots */ l.lot_id as "lotId"
from operational.inventory_lots l
where l.branch_id = $1 and l.lot_id = any ($2::integer[])
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
for update`;

export const INSERT_RETURN_MOVEMENTS = `
insert /* inventory.insertReturnMovements */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, sale_item_id, balance_after, unit_cost)
select $1, u.lot_id, l.drug_id, 'return', u.quantity, u.sale_item_id, 0, 0
from unnest($2::integer[], $3::numeric[], $4::integer[]) as u (lot_id, quantity, sale_item_id)
join operational.inventory_lots l on l.lot_id = u.lot_id
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id`;

/** Free base units by product. Index: inventory_lots_fefo_idx. */
export const FIND_ON_HAND = `
select /* inventory.findOnHand */ s.drug_id as "drugId", trim_scale(s.quantity)::text as quantity
from operational.stock_on_hand s
where s.branch_id = $1 and s.drug_id = any ($2::integer[])`;

/** Every product with free stock at the branch. */
export const FIND_DRUGS_IN_STOCK = `
select /* inventory.findDrugsInStock */ s.drug_id as "drugId"
from operational.stock_on_hand s
where s.branch_id = $1
order by s.drug_id`;

/** Indexes: idx_inventory_drug_expiry, that of stock_recall_lots by lot. */
export const FIND_RECALLED = `
select /* inventory.findRecalled */ r.recall_id as "recallId", l.lot_number as "lotNumber"
from operational.inventory_lots l
join operational.stock_recall_lots x on x.lot_id = l.lot_id
join operational.stock_recalls r on r.recall_id = x.recall_id
where l.branch_id = $1 and l.drug_id = $2 and l.status = 'recalled' and l.quantity > 0 and r.status <> 'withdrawn'
order by r.recall_id desc, l.lot_id limit 20`;
