/** Shelves with stock, by name; those without one last. */
export const FIND_BINS = `
select /* shelves.findBins */ l.bin, count(*)::integer as lots, count(distinct l.drug_id)::integer as products, sum(round(l.quantity * l.unit_cost, 2))::text as value,
  count(*) over ()::integer as "rowTotal"
from operational.inventory_lots l
where l.branch_id = $1 and l.quantity > 0 and ($2::text is null or l.bin ilike $2)
group by l.bin order by l.bin nulls last limit $3 offset $4`;

export const MOVE_LOT = `
update /* shelves.moveLot */ operational.inventory_lots l set bin = $4, version = l.version + 1 where l.branch_id = $1 and l.lot_id = $2 and l.version = $3`;

export const LOCK_LOT = `
select /* shelves.lockLot */ l.status, l.expiry_date as "expiryDate" from operational.inventory_lots l where l.branch_id = $1 and l.lot_id = $2 for update`;

/** Finds the lot that part of a lot becomes: like it, but for status ($3) and expiry ($4). */
export const FIND_PART = `
select /* shelves.findPart */ min(t.lot_id) as "lotId" from operational.inventory_lots o
join operational.inventory_lots t on t.branch_id = o.branch_id and t.drug_id = o.drug_id and t.lot_number = o.lot_number and t.unit_cost = o.unit_cost
  and t.status = $3 and t.expiry_date is not distinct from $4::date and (t.status = 'available' or t.bin is not distinct from coalesce($5::text, o.bin)) and t.lot_id <> o.lot_id
where o.branch_id = $1 and o.lot_id = $2`;

export const INSERT_PART = `
insert /* shelves.insertPart */ into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, status, status_reason, bin, supplier_id, received_at)
select o.branch_id, o.drug_id, o.lot_number, $4, o.unit_cost, $3, $6, coalesce($5::text, o.bin), o.supplier_id, o.received_at
from operational.inventory_lots o where o.branch_id = $1 and o.lot_id = $2
returning lot_id as "lotId"`;

/** Out of one lot ($2) and into another ($3): nothing is won or lost. */
export const REPACK = `
insert /* shelves.repack */ into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
select $1, l.lot_id, l.drug_id, 'repack', case l.lot_id when $2 then - $4::numeric else $4 end, $5, 0, 0
from operational.inventory_lots l where l.branch_id = $1 and l.lot_id in ($2, $3)
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id`;
