/**
 * Lots of a recall are found by product (idx_inventory_drug_expiry), and what became of them by lot (stock_movements_lot_idx): what is read
 * grows with the lot, not with what the branch ever sold. Row-level security narrows all to the branches of who asks.
 */
const RECALLED = `l.drug_id = r.drug_id and (r.lot_key is null or upper(btrim(l.lot_number)) = r.lot_key)`;

const HEAD_COLUMNS = `
  r.recall_id as "recallId", r.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", r.lot_number as "lotNumber", r.serial, r.recall_class as "recallClass",
  r.reason, r.notice, r.status, ou.full_name as "openedBy", r.opened_at as "openedAt", cu.full_name as "closedBy", r.closed_at as "closedAt", r.close_note as "closeNote",
  r.reopened_at as "reopenedAt", exists (select from operational.stock_recall_branches x where x.recall_id = r.recall_id and x.branch_id = $1) as "isApplied",
  (select trim_scale(coalesce(sum(l.quantity), 0))::text from operational.inventory_lots l where ${RECALLED}) as "onShelf"`;

const HEAD_TABLES = `
from operational.stock_recalls r
join reference.drugs d on d.drug_id = r.drug_id
join operational.users ou on ou.user_id = r.opened_by
left join operational.users cu on cu.user_id = r.closed_by`;

export const FIND_PAGE = `
select /* recalls.findPage */ ${HEAD_COLUMNS}, (select count(*)::integer from operational.stock_recalls x where $2::text is null or x.status = $2) as "rowTotal"
${HEAD_TABLES}
where $2::text is null or r.status = $2
order by r.recall_id desc limit $3 offset $4`;

export const FIND_ONE = `
select /* recalls.findOne */ ${HEAD_COLUMNS}
${HEAD_TABLES}
where r.recall_id = $2`;

export const LOCK = `
select /* recalls.lock */ r.status from operational.stock_recalls r where r.recall_id = $1 for update`;

/** The recall of the same product and number; of the whole product where no number is given. Index: stock_recalls_once_key. */
export const FIND_SAME = `
select /* recalls.findSame */ r.recall_id as "recallId" from operational.stock_recalls r
where r.drug_id = $1 and r.lot_key is not distinct from upper(btrim($2::text)) and r.status <> 'withdrawn'`;

/** Lot numbers that packs of a product with this serial came in or were scanned with. Indexes: pack_serials_serial_idx, fill_scans_serial_idx. */
export const FIND_LOTS_OF_SERIAL = `
select /* recalls.findLotsOfSerial */ l.lot_number as "lotNumber"
from operational.pack_serials p join operational.inventory_lots l on l.lot_id = p.lot_id where p.serial = $2 and p.drug_id = $1
union
select l.lot_number from operational.fill_scans s join operational.inventory_lots l on l.lot_id = s.lot_id where s.serial_number = $2 and l.drug_id = $1
order by 1 limit 2`;

export const INSERT = `
insert /* recalls.insert */ into operational.stock_recalls (drug_id, lot_number, serial, recall_class, reason, notice, opened_by)
values ($1, $2, $3, $4, $5, $6, $7) returning recall_id as "recallId"`;

/** The lots of a recall at the branches given that are not in it yet, locked in the order of all stock locks. */
export const LOCK_LOTS = `
select /* recalls.lockLots */ l.lot_id as "lotId"
from operational.inventory_lots l join operational.stock_recalls r on r.recall_id = $1
where ${RECALLED} and l.branch_id = any ($2::integer[])
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update of l`;

/** The trigger writes down what they were, and sets them aside. */
export const INSERT_LOTS = `
insert /* recalls.insertLots */ into operational.stock_recall_lots (recall_id, lot_id, branch_id, previous_status, quantity)
select $1, l.lot_id, l.branch_id, '', 0
from operational.inventory_lots l where l.lot_id = any ($2::integer[])
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
on conflict do nothing`;

export const INSERT_BRANCHES = `
insert /* recalls.insertBranches */ into operational.stock_recall_branches (recall_id, branch_id, applied_by)
select $1, u.branch_id, $3 from unnest($2::integer[]) as u (branch_id) order by u.branch_id
on conflict do nothing`;

export const SET_STATUS = `
update /* recalls.setStatus */ operational.stock_recalls r set status = $2, closed_by = $3, closed_at = now(), close_note = $4 where r.recall_id = $1`;

export const FIND_LOTS = `
select /* recalls.findLots */ l.lot_id as "lotId", l.branch_id as "branchId", b.name as "branchName", l.lot_number as "lotNumber", l.expiry_date as "expiryDate", l.status, l.bin,
  trim_scale(l.quantity)::text as quantity, coalesce(x.is_late, false) as "isLate"
from operational.stock_recalls r join operational.inventory_lots l on ${RECALLED}
join operational.branches b on b.branch_id = l.branch_id
left join operational.stock_recall_lots x on x.recall_id = r.recall_id and x.lot_id = l.lot_id
where r.recall_id = $1 order by l.quantity = 0, l.branch_id, l.lot_id limit 200`;

/** What moved by kind; a reversal counts as coming back where it takes back what was handed out, else as what it reverses. */
export const FIND_MOVED = `
select /* recalls.findMoved */ k.kind, trim_scale(sum(k.quantity))::text as quantity
from operational.stock_recalls r join operational.inventory_lots l on ${RECALLED}
join lateral (
  select case when m.movement_type = 'reversal' and o.movement_type not in ('dispense', 'sale') then o.movement_type else m.movement_type end as kind, m.quantity
  from operational.stock_movements m left join operational.stock_movements o on o.movement_id = m.reverses_movement_id
  where m.lot_id = l.lot_id) k on true
where r.recall_id = $1 group by k.kind`;

export const FIND_TRANSIT = `
select /* recalls.findTransit */ l.transit_lot_id as "transitLotId", l.transfer_id as "transferId", fb.name as "fromBranch", tb.name as "toBranch", l.lot_number as "lotNumber",
  trim_scale(l.quantity)::text as quantity, trim_scale(sum(l.quantity) over ())::text as total
from operational.stock_recalls r join operational.stock_transit_lots l on ${RECALLED} and l.quantity > 0
join operational.branches fb on fb.branch_id = l.from_branch_id join operational.branches tb on tb.branch_id = l.to_branch_id
where r.recall_id = $1 order by l.transit_lot_id limit 200`;

export const FIND_BLOCKED_FILLS = `
select /* recalls.findBlockedFills */ f.fill_id as "fillId", f.branch_id as "branchId", p.rx_number as "rxNumber", f.status, f.bin, l.lot_id as "lotId", l.lot_number as "lotNumber",
  trim_scale(s.quantity)::text as quantity
from operational.stock_recalls r join operational.inventory_lots l on ${RECALLED}
join operational.stock_reservations s on s.lot_id = l.lot_id and s.status = 'open'
join operational.fills f on f.fill_id = s.fill_id join operational.prescriptions p on p.prescription_id = f.prescription_id
where r.recall_id = $1 order by f.fill_id, l.lot_id limit 200`;

export const FIND_BRANCHES = `
select /* recalls.findBranches */ x.branch_id as "branchId", b.name, x.applied_at as "appliedAt"
from operational.stock_recall_branches x join operational.branches b using (branch_id) where x.recall_id = $1 order by x.branch_id`;

export const COUNT_CONTACTS = `
select /* recalls.countContacts */ count(*)::integer as contacts
from operational.stock_recalls r join operational.inventory_lots l on ${RECALLED}
join operational.stock_movements m on m.lot_id = l.lot_id and m.movement_type in ('dispense', 'sale')
where r.recall_id = $1`;

/**
 * Who got something of it, in the order it was handed out; $2 cursor, $3 how many. What came back is what returns of the same line brought
 * back to lots of the recall, and what was taken back by a reversal.
 */
export const FIND_CONTACTS = `
select /* recalls.findContacts */ m.movement_id as "movementId", m.branch_id as "branchId", b.name as "branchName", m.effective_at as "handedOutAt",
  t.patient_id as "patientId", t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
  t.phone, t.is_deceased as "isDeceased", p.rx_number as "rxNumber", m.fill_id as "fillId", s.sale_number as "saleNumber", s.sale_id as "saleId",
  l.lot_number as "lotNumber", trim_scale(- m.quantity)::text as quantity, trim_scale(coalesce(rv.quantity, 0) + coalesce(rt.quantity, 0))::text as "cameBack",
  coalesce(m.fill_id is not null and r.serial is not null and exists (
    select from operational.fill_scans x where x.fill_id = m.fill_id and x.serial_number = r.serial), false) as "hadSerial"
from operational.stock_recalls r join operational.inventory_lots l on ${RECALLED}
join operational.stock_movements m on m.lot_id = l.lot_id and m.movement_type in ('dispense', 'sale')
join operational.branches b on b.branch_id = m.branch_id
left join operational.fills f on f.fill_id = m.fill_id
left join operational.prescriptions p on p.prescription_id = f.prescription_id
left join lateral (
  select x.sale_item_id, x.sale_id from operational.sale_items x where x.sale_item_id = m.sale_item_id
  union all
  select x.sale_item_id, x.sale_id from operational.sale_items x where m.sale_item_id is null and x.fill_id = m.fill_id and x.quantity > 0) i on true
left join operational.sales s on s.sale_id = i.sale_id
left join operational.patients t on t.patient_id = operational.surviving_patient(coalesce(p.patient_id, s.patient_id))
left join lateral (select sum(x.quantity) as quantity from operational.stock_movements x where x.reverses_movement_id = m.movement_id) rv on true
left join lateral (
  select sum(x.quantity) as quantity from operational.sale_items y join operational.stock_movements x on x.sale_item_id = y.sale_item_id and x.movement_type = 'return'
  join operational.inventory_lots xl on xl.lot_id = x.lot_id and upper(btrim(xl.lot_number)) = upper(btrim(l.lot_number))
  where y.original_sale_item_id = i.sale_item_id) rt on true
where r.recall_id = $1 and ($2::bigint is null or m.movement_id > $2)
order by m.movement_id limit $3`;

/** Reading who took a medicine is reading their records. */
export const LOG_READ = `
select /* recalls.logRead */ operational.log_read('patients', p.patient_id::text, p.branch_id)
from operational.patients p where p.patient_id = any ($1::integer[]) order by p.patient_id`;
