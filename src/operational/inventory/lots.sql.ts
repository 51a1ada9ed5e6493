const LOT_COLUMNS = `
  l.lot_id as "lotId", l.drug_id as "drugId", d.name as "drugName", l.lot_number as "lotNumber", l.expiry_date as "expiryDate",
  l.expiry_date - (now() at time zone b.time_zone)::date as "daysToExpiry", trim_scale(l.quantity)::text as quantity,
  trim_scale(l.quantity_reserved)::text as "quantityReserved", trim_scale(l.unit_cost)::text as "unitCost", l.status,
  l.status_reason as "statusReason", l.bin, coalesce(cs.two_persons, false) as "needsWitness", l.version`;

const LOT_TABLES = `
from operational.inventory_lots l
join operational.branches b on b.branch_id = l.branch_id
join reference.drugs d on d.drug_id = l.drug_id
left join operational.controlled_schedules cs on cs.jurisdiction = b.jurisdiction and cs.schedule = d.controlled_schedule`;

/**
 * Lots of the branch, first expiry first. $2 product, $3 days to expiry at most, $4 status, $5 pattern over product name
 * and lot number, $6 lots without stock too, $9 shelf, $10 supplier. Index: inventory_lots_fefo_idx, idx_inventory_drug_expiry.
 */
export const FIND_LOTS = `
select /* inventory.findLots */ ${LOT_COLUMNS}, count(*) over () as "rowTotal"
${LOT_TABLES}
where l.branch_id = $1 and ($2::integer is null or l.drug_id = $2)
  and ($3::integer is null or l.expiry_date <= (now() at time zone b.time_zone)::date + $3)
  and ($4::text is null or l.status = $4)
  and ($5::text is null or d.name ilike $5 or l.lot_number ilike $5)
  and ($6 or l.quantity > 0)
  and ($9::text is null or l.bin = $9) and ($10::integer is null or l.supplier_id = $10)
order by l.expiry_date nulls last, l.received_at, l.lot_id
limit $7 offset $8`;

export const FIND_LOT = `
select /* inventory.findLot */ ${LOT_COLUMNS}
${LOT_TABLES}
where l.branch_id = $1 and l.lot_id = $2`;

/** Locks a lot with its available twin (same product, lot number, expiry, cost), in the order of all stock locks. */
export const LOCK_LOT_AND_TWIN = `
select /* inventory.lockLotAndTwin */ t.lot_id as "lotId", t.status, t.version, trim_scale(t.quantity)::text as quantity
from operational.inventory_lots o
join operational.inventory_lots t on t.lot_id = o.lot_id or (t.branch_id = o.branch_id and t.drug_id = o.drug_id
  and t.status = 'available' and t.lot_number = o.lot_number and t.expiry_date is not distinct from o.expiry_date
  and t.unit_cost = o.unit_cost)
where o.branch_id = $1 and o.lot_id = $2
order by t.drug_id, t.expiry_date nulls last, t.received_at, t.lot_id
for update of t`;

export const UPDATE_LOT_STATUS = `
update /* inventory.updateLotStatus */ operational.inventory_lots set status = $3, status_reason = $4, version = version + 1
where lot_id = $1 and version = $2`;

/** A correction in the ledger; the trigger posts it to the lot. */
export const INSERT_ADJUSTMENT = `
insert /* inventory.insertAdjustment */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, corrects_movement_id, reason_code)
values ($1, $2, coalesce((select l.drug_id from operational.inventory_lots l where l.lot_id = $2), 0), 'adjustment', $3, $4, 0, 0, $5, $6)
returning movement_id as "movementId"`;

/** The ledger, newest first, below a cursor. Indexes: stock_movements_lot_idx, stock_movements_drug_idx. */
export const FIND_MOVEMENTS = `
select /* inventory.findMovements */ m.movement_id as "movementId", m.lot_id as "lotId", l.lot_number as "lotNumber",
  m.drug_id as "drugId", d.name as "drugName", m.movement_type as "movementType", trim_scale(m.quantity)::text as quantity,
  trim_scale(m.balance_after)::text as "balanceAfter", trim_scale(m.unit_cost)::text as "unitCost", m.reason, m.reason_code as "reasonCode",
  m.fill_id as "fillId", m.sale_item_id as "saleItemId", m.goods_receipt_item_id as "goodsReceiptItemId",
  m.reverses_movement_id as "reversesMovementId", m.corrects_movement_id as "correctsMovementId", w.full_name as "witnessName", m.effective_at as "effectiveAt", m.recorded_at as "recordedAt",
  m.user_id as "userId", u.full_name as "userName"
from operational.stock_movements m
join operational.inventory_lots l on l.lot_id = m.lot_id
join reference.drugs d on d.drug_id = m.drug_id
left join operational.users u on u.user_id = m.user_id
left join operational.users w on w.user_id = m.witness_id
where m.branch_id = $1 and ($2::integer is null or m.drug_id = $2) and ($3::integer is null or m.lot_id = $3)
  and ($4::bigint is null or m.movement_id < $4)
order by m.movement_id desc
limit $5`;

/** How a lot with stock stands to its expiry: bands are disjoint; 30 means 0 to 30 days left. */
const BAND = `
case when l.expiry_date < (now() at time zone b.time_zone)::date then 'expired'
  when l.expiry_date <= (now() at time zone b.time_zone)::date + 30 then '30'
  when l.expiry_date <= (now() at time zone b.time_zone)::date + 60 then '60'
  else '90' end`;

export const FIND_EXPIRY_BANDS = `
select /* inventory.findExpiryBands */ ${BAND} as band, count(*) as lots, round(sum(l.quantity * l.unit_cost), 2)::text as value
${LOT_TABLES}
where l.branch_id = $1 and l.quantity > 0 and l.expiry_date <= (now() at time zone b.time_zone)::date + 90
group by 1`;

export const FIND_EXPIRING_LOTS = `
select /* inventory.findExpiringLots */ ${LOT_COLUMNS}, ${BAND} as band, round(l.quantity * l.unit_cost, 2)::text as value
${LOT_TABLES}
where l.branch_id = $1 and l.quantity > 0 and l.expiry_date <= (now() at time zone b.time_zone)::date + 90
order by l.expiry_date, l.lot_id
limit 100`;
