/** Packs known by their serial. What changes one is a movement of stock; the database posts it. */
const PACK_COLUMNS = `
  p.pack_serial_id as "packSerialId", p.gtin, p.serial, p.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", p.lot_id as "lotId", l.lot_number as "lotNumber",
  l.expiry_date as "expiryDate", l.status as "lotStatus", trim_scale(p.base_units)::text as "baseUnits", trim_scale(p.remaining)::text as remaining, p.status,
  p.duplicate_of is not null as "isDuplicate", p.received_at as "receivedAt", u.full_name as "receivedBy", p.version`;

const PACK_TABLES = `
from operational.pack_serials p
join operational.inventory_lots l on l.lot_id = p.lot_id
join reference.drugs d on d.drug_id = p.drug_id
left join operational.users u on u.user_id = p.received_by`;

const FILTER = `
where p.branch_id = $1 and ($2::integer is null or p.drug_id = $2) and ($3::integer is null or p.lot_id = $3) and ($4::text is null or p.status = $4)
  and ($5::text is null or p.serial = $5) and ($6::text is null or p.gtin = $6)`;

/** Newest first. Index: pack_serials_branch_idx, pack_serials_serial_idx. */
export const FIND_PAGE = `
select /* serials.findPage */ ${PACK_COLUMNS}
${PACK_TABLES}${FILTER}
order by p.pack_serial_id desc limit $7 offset $8`;

/** As far as is counted. */
export const COUNT = `
select /* serials.count */ count(*)::integer as total from (select from operational.pack_serials p${FILTER} limit $7) c`;

export const FIND_ONE = `
select /* serials.findOne */ ${PACK_COLUMNS}
${PACK_TABLES}
where p.branch_id = $1 and p.pack_serial_id = $2`;

/** Every pack of the branch with this code: one, or more where it was seen twice or came again. Index: pack_serials_code_idx. */
export const FIND_BY_CODE = `
select /* serials.findByCode */ ${PACK_COLUMNS}
${PACK_TABLES}
where p.branch_id = $1 and p.gtin = $2 and p.serial = $3
order by p.pack_serial_id desc limit 20`;

/** What happened to a pack, first to last. Index: pack_movements_pack_idx. */
export const FIND_MOVEMENTS = `
select /* serials.findMovements */ x.pack_movement_id as "packMovementId", x.kind, trim_scale(x.units)::text as units, trim_scale(x.delta)::text as delta,
  trim_scale(x.remaining_after)::text as "remainingAfter", x.lot_id as "lotId", x.movement_id as "movementId", m.fill_id as "fillId", i.sale_id as "saleId",
  x.is_scanned as "isScanned", u.full_name as "userName", x.recorded_at as "recordedAt"
from operational.pack_movements x
left join operational.stock_movements m on m.movement_id = x.movement_id
left join operational.sale_items i on i.sale_item_id = m.sale_item_id
left join operational.users u on u.user_id = x.user_id
where x.pack_serial_id = $1
order by x.pack_movement_id limit 500`;

/** Index: trace_events_pack_idx. */
export const FIND_EVENTS = `
select /* serials.findEvents */ e.trace_event_id as "traceEventId", e.kind, trim_scale(e.quantity)::text as quantity, e.occurred_at as "occurredAt",
  case when o.trace_event_id is null then 'accepted' when o.trace_batch_id is null then 'pending' else 'exported' end as state
from operational.trace_events e left join operational.trace_outbox o using (trace_event_id)
where e.pack_serial_id = $1
order by e.trace_event_id limit 500`;

/** What a scan of a code of a product stands for; null: nobody said. */
export const UNITS_OF_CODES = `
select /* serials.unitsOfCodes */ u.gtin, u.drug_id as "drugId", trim_scale(u.base_units)::text as "baseUnits"
from reference.drug_barcode_units u where u.gtin = any ($1::text[])`;

/** Which packs are known already; keeps others from entering them until the end of the transaction. */
export const KNOWN = `
select /* serials.known */ k.gtin, k.serial from operational.known_serials($1::text[], $2::text[]) k`;

/** In one order for everybody. */
export const INSERT_PACKS = `
insert /* serials.insertPacks */ into operational.pack_serials (branch_id, lot_id, gtin, serial, base_units, goods_receipt_item_id)
select $1, u.lot_id, u.gtin, u.serial, u.base_units, u.item
from unnest($2::integer[], $3::text[], $4::text[], $5::numeric[], $6::integer[]) as u (lot_id, gtin, serial, base_units, item)
order by u.gtin, u.serial
returning pack_serial_id as "packSerialId", goods_receipt_item_id as "goodsReceiptItemId", gtin, serial, lot_id as "lotId", trim_scale(base_units)::text as "baseUnits",
  case when duplicate_of is null then 'in_stock' else 'quarantined' end as status, duplicate_of is not null as "isDuplicate"`;

export const LOCK_PACK = `
select /* serials.lockLotOfPack */ l.lot_id as "lotId", l.status as "lotStatus", l.lot_number as "lotNumber"
from operational.pack_serials p join operational.inventory_lots l on l.lot_id = p.lot_id
where p.branch_id = $1 and p.pack_serial_id = $2
for update of l`;

export const LOT = `
select /* serials.lot */ l.lot_id as "lotId", l.drug_id as "drugId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate", l.status
from operational.inventory_lots l where l.branch_id = $1 and l.lot_id = $2 for update`;

/** The lot of the same number, expiry and cost that is available ($3) or set aside. */
export const FIND_TWIN = `
select /* serials.findTwin */ min(t.lot_id) as "lotId" from operational.inventory_lots o
join operational.inventory_lots t on t.branch_id = o.branch_id and t.drug_id = o.drug_id and t.lot_number = o.lot_number and t.unit_cost = o.unit_cost
  and t.expiry_date is not distinct from o.expiry_date and t.status = $3 and t.lot_id <> o.lot_id
where o.branch_id = $1 and o.lot_id = $2`;

export const INSERT_TWIN = `
insert /* serials.insertTwin */ into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, status, status_reason, bin, supplier_id, received_at)
select o.branch_id, o.drug_id, o.lot_number, o.expiry_date, o.unit_cost, $3, $4, o.bin, o.supplier_id, o.received_at
from operational.inventory_lots o where o.branch_id = $1 and o.lot_id = $2
returning lot_id as "lotId"`;

/** Out of one lot ($2) and into another ($3); answers the movement out. */
export const REPACK = `
with /* serials.repack */ moved as (
  insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost)
  select $1, l.lot_id, l.drug_id, 'repack', case l.lot_id when $2 then - $4::numeric else $4 end, $5, 0, 0
  from operational.inventory_lots l where l.branch_id = $1 and l.lot_id in ($2, $3)
  order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
  returning movement_id, lot_id
)
select movement_id as "movementId" from moved where lot_id = $2`;

export const MOVE_PACK = `select /* serials.movePack */ operational.move_pack($1, $2, $3)`;
export const TAKE_PACK = `select /* serials.takePack */ operational.take_pack($1, $2, $3)`;

/** What is reported of a pack leaves stock as a correction with its reason. */
export const REPORT = `
insert /* serials.report */ into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, reason_code, balance_after, unit_cost)
select $1, p.lot_id, p.drug_id, 'adjustment', - p.remaining, $3, $4, 0, 0
from operational.pack_serials p where p.branch_id = $1 and p.pack_serial_id = $2
returning movement_id as "movementId"`;

/** Whether a pack may leave from the branch, and what the branch asks of packs. */
export const STANDING = `
select /* serials.standing */ s.pack_serial_id as "packSerialId", s.lot_id as "lotId", s.remaining, coalesce(s.standing, 'unknown') as standing,
  coalesce(t.format <> 'none' and t.demand_known, false) as "demandKnown"
from (values ($1::integer)) v (branch_id)
left join operational.trace_policies t on t.branch_id = v.branch_id
left join operational.pack_standing($1, $2, $3) s on true`;

/** What a sale line took from stock, with what packs gave to it already. Index: stock_movements_sale_item_idx. */
export const TAKEN_BY_LINE = `
select /* serials.takenByLine */ m.movement_id as "movementId", m.lot_id as "lotId", l.lot_number as "lotNumber",
  (- m.quantity - (select coalesce(sum(x.units), 0) from operational.pack_movements x where x.movement_id = m.movement_id))::text as open
from operational.stock_movements m join operational.inventory_lots l on l.lot_id = m.lot_id
where m.sale_item_id = $1 and m.quantity < 0
order by m.movement_id`;

/** Lots that may leave to a patient, in the order they do, with what is free of each. Locks nothing. Index: inventory_lots_fefo_idx. */
export const NEXT_LOTS = `
select /* serials.nextLots */ l.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate", l.bin, trim_scale(l.quantity - l.quantity_reserved)::text as free
from operational.inventory_lots l join operational.branches b using (branch_id)
cross join lateral (select exists (select from operational.pack_serials p where p.lot_id = l.lot_id and p.status = 'opened') as opened) x
where l.branch_id = $1 and l.drug_id = $2 and l.status = 'available' and l.quantity > l.quantity_reserved
  and (l.expiry_date is null or l.expiry_date >= (now() at time zone b.time_zone)::date)
order by l.expiry_date nulls last, x.opened desc, l.received_at, l.lot_id
limit 50`;

/** Packs of lots in the order they are taken from: the opened one first. Index: pack_serials_lot_idx. */
export const PACKS_OF_LOTS = `
select /* serials.packsOfLots */ p.pack_serial_id as "packSerialId", p.lot_id as "lotId", p.gtin, p.serial, p.status, trim_scale(p.remaining)::text as remaining
from operational.pack_serials p
where p.lot_id = any ($1::integer[]) and p.remaining > 0 and p.status in ('in_stock', 'opened')
order by p.lot_id, p.status = 'opened' desc, p.pack_serial_id
limit 1000`;
