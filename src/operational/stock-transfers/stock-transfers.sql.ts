const HEAD_COLUMNS = `
  t.transfer_id as "transferId", t.from_branch_id as "fromBranchId", fb.name as "fromBranch", t.to_branch_id as "toBranchId", tb.name as "toBranch", t.origin, t.status, t.note,
  u1.full_name as "createdBy", t.created_at as "createdAt", u2.full_name as "approvedBy", t.approved_at as "approvedAt", u3.full_name as "issuedBy", t.issued_at as "issuedAt",
  u4.full_name as "closedBy", t.closed_at as "closedAt", t.cancel_reason as "cancelReason",
  (select count(*)::integer from operational.stock_transfer_lines l where l.transfer_id = t.transfer_id) as products,
  (select coalesce(round(sum(x.quantity * x.unit_cost), 2), 0)::text from operational.stock_transit_lots x where x.transfer_id = t.transfer_id) as "inTransitValue",
  (select count(*)::integer from operational.stock_transfer_discrepancies d where d.transfer_id = t.transfer_id and d.resolution is null) as "openDiscrepancies"`;

const HEAD_TABLES = `
from operational.stock_transfers t
join operational.branches fb on fb.branch_id = t.from_branch_id
join operational.branches tb on tb.branch_id = t.to_branch_id
join operational.users u1 on u1.user_id = t.created_by
left join operational.users u2 on u2.user_id = t.approved_by
left join operational.users u3 on u3.user_id = t.issued_by
left join operational.users u4 on u4.user_id = t.closed_by`;

/** Of the branch, newest first. $2 direction, $3 status. Indexes: stock_transfers_from_idx, stock_transfers_to_idx. */
export const FIND_PAGE = `
select /* stockTransfers.findPage */ ${HEAD_COLUMNS}, count(*) over ()::integer as "rowTotal"
${HEAD_TABLES}
where case $2::text when 'in' then t.to_branch_id = $1 when 'out' then t.from_branch_id = $1 else $1 in (t.from_branch_id, t.to_branch_id) end
  and ($3::text is null or t.status = $3)
order by t.transfer_id desc limit $4 offset $5`;

export const FIND_ONE = `
select /* stockTransfers.findOne */ ${HEAD_COLUMNS}
${HEAD_TABLES}
where $1 in (t.from_branch_id, t.to_branch_id) and t.transfer_id = $2`;

export const FIND_LINES = `
select /* stockTransfers.findLines */ l.transfer_line_id as "transferLineId", l.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit",
  trim_scale(l.quantity)::text as quantity, trim_scale(l.approved)::text as approved, coalesce(s.two_persons, false) as "needsWitness"
from operational.stock_transfer_lines l join reference.drugs d using (drug_id) join operational.branches b on b.branch_id = $1
left join operational.controlled_schedules s on s.jurisdiction = b.jurisdiction and s.schedule = d.controlled_schedule
where l.transfer_id = $2 order by l.transfer_line_id`;

export const FIND_LOTS = `
select /* stockTransfers.findLots */ t.transit_lot_id as "transitLotId", t.transfer_line_id as "transferLineId", t.drug_id as "drugId", t.lot_number as "lotNumber",
  t.expiry_date as "expiryDate", trim_scale(t.unit_cost)::text as "unitCost", trim_scale(t.issued)::text as issued, trim_scale(t.received)::text as received,
  trim_scale(t.returned)::text as returned, trim_scale(t.written_off)::text as "writtenOff", trim_scale(t.quantity)::text as "inTransit",
  (select trim_scale(coalesce(sum(d.quantity), 0))::text from operational.stock_transfer_discrepancies d
    where d.transit_lot_id = t.transit_lot_id and d.resolution is null and d.kind <> 'over') as "inDispute"
from operational.stock_transit_lots t where t.transfer_id = $1
order by t.drug_id, t.expiry_date nulls last, t.transit_lot_id`;

export const FIND_DISCREPANCIES = `
select /* stockTransfers.findDiscrepancies */ d.discrepancy_id as "discrepancyId", d.transit_lot_id as "transitLotId", d.kind, trim_scale(d.quantity)::text as quantity, d.note,
  d.reported_by as "reportedById", u1.full_name as "reportedBy", d.reported_at as "reportedAt", d.resolution, d.resolution_note as "resolutionNote", u2.full_name as "resolvedBy",
  d.resolved_at as "resolvedAt"
from operational.stock_transfer_discrepancies d join operational.users u1 on u1.user_id = d.reported_by left join operational.users u2 on u2.user_id = d.resolved_by
where d.transfer_id = $1 order by d.discrepancy_id`;

export const LOCK = `
select /* stockTransfers.lock */ t.status, t.from_branch_id as "fromBranchId", t.to_branch_id as "toBranchId"
from operational.stock_transfers t where $1 in (t.from_branch_id, t.to_branch_id) and t.transfer_id = $2 for update`;

/** Other branches that are open. */
export const FIND_BRANCHES = `
select /* stockTransfers.findBranches */ b.branch_id as "branchId", b.code, b.name
from operational.branches b where b.active and b.branch_id <> $1 order by b.code limit 500`;

export const INSERT = `
insert /* stockTransfers.insert */ into operational.stock_transfers (from_branch_id, to_branch_id, origin, status, note, created_by, approved_by, approved_at)
values ($1, $2, $3, case $3 when 'request' then 'requested' else 'approved' end, $4, $5, case $3 when 'send' then $5::integer end, case $3 when 'send' then now() end)
returning transfer_id as "transferId"`;

export const INSERT_LINES = `
insert /* stockTransfers.insertLines */ into operational.stock_transfer_lines (transfer_id, from_branch_id, to_branch_id, drug_id, quantity, approved)
select t.transfer_id, t.from_branch_id, t.to_branch_id, u.drug_id, u.quantity, case t.origin when 'send' then u.quantity end
from operational.stock_transfers t, unnest($2::integer[], $3::numeric[]) with ordinality as u (drug_id, quantity, n)
where t.transfer_id = $1 order by u.n`;

export const APPROVE_LINES = `
update /* stockTransfers.approveLines */ operational.stock_transfer_lines l set approved = coalesce(u.quantity, l.quantity)
from operational.stock_transfer_lines x left join unnest($2::integer[], $3::numeric[]) as u (line_id, quantity) on u.line_id = x.transfer_line_id
where x.transfer_line_id = l.transfer_line_id and l.transfer_id = $1`;

export const SET_STATUS = `
update /* stockTransfers.setStatus */ operational.stock_transfers t set status = $2,
  approved_by = case $2 when 'approved' then $3::integer else t.approved_by end, approved_at = case $2 when 'approved' then now() else t.approved_at end,
  issued_by = case when $2 = 'in_transit' then coalesce(t.issued_by, $3) else t.issued_by end, issued_at = case when $2 = 'in_transit' then coalesce(t.issued_at, now()) else t.issued_at end,
  closed_by = case when $2 in ('closed', 'cancelled') then $3::integer end, closed_at = case when $2 in ('closed', 'cancelled') then now() end,
  cancel_reason = case $2 when 'cancelled' then $4::text end
where t.transfer_id = $1`;

/** Where a transfer stands by what is left of it. */
export const FIND_STANDING = `
select /* stockTransfers.findStanding */ coalesce(bool_or(t.quantity > coalesce(d.disputed, 0)), false) as "isOnItsWay", coalesce(bool_or(d.open > 0), false) as "isDisputed"
from operational.stock_transit_lots t
left join lateral (
  select count(*) as open, sum(x.quantity) filter (where x.kind <> 'over') as disputed from operational.stock_transfer_discrepancies x
  where x.transit_lot_id = t.transit_lot_id and x.resolution is null) d on true
where t.transfer_id = $1`;

/** Chosen lots that are of their product and of this branch, locked in the order of all stock locks. */
export const LOCK_CHOSEN = `
select /* stockTransfers.lockChosen */ l.lot_id as "lotId"
from operational.inventory_lots l join unnest($2::integer[], $3::integer[]) as u (lot_id, drug_id) on u.lot_id = l.lot_id and u.drug_id = l.drug_id
where l.branch_id = $1
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update of l`;

export const INSERT_TRANSIT_LOTS = `
insert /* stockTransfers.insertTransitLots */ into operational.stock_transit_lots (transfer_id, transfer_line_id, from_branch_id, to_branch_id, lot_id, drug_id, lot_number, unit_cost)
select t.transfer_id, u.line_id, t.from_branch_id, t.to_branch_id, u.lot_id, 0, '', 0
from operational.stock_transfers t, unnest($2::integer[], $3::integer[]) as u (line_id, lot_id)
where t.transfer_id = $1
returning transit_lot_id as "transitLotId", lot_id as "lotId"`;

/** Movements of a branch for lots in transit: negative out, positive in. The trigger posts them to the lots. */
export const INSERT_MOVEMENTS = `
insert /* stockTransfers.insertMovements */ into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, witness_id)
select $1, l.lot_id, l.drug_id, case when u.quantity < 0 then 'transfer_out' else 'transfer_in' end, u.quantity, $4, 0, 0, $5::integer
from unnest($2::integer[], $3::numeric[]) as u (lot_id, quantity) join operational.inventory_lots l on l.lot_id = u.lot_id and l.branch_id = $1
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
returning movement_id as "movementId", lot_id as "lotId"`;

export const INSERT_TRANSIT_MOVEMENTS = `
insert /* stockTransfers.insertTransitMovements */ into operational.stock_transit_movements (transit_lot_id, from_branch_id, to_branch_id, kind, quantity, movement_id, discrepancy_id, witness_id)
select t.transit_lot_id, t.from_branch_id, t.to_branch_id, $4, u.quantity, u.movement_id, $5::integer, $6::integer
from unnest($1::integer[], $2::numeric[], $3::bigint[]) with ordinality as u (transit_lot_id, quantity, movement_id, n)
join operational.stock_transit_lots t on t.transit_lot_id = u.transit_lot_id order by t.transit_lot_id`;

/** What arrives past its expiry arrives as expired, what is called back as recalled. $3: what else it is to be. */
const ARRIVES_AS = `case when $3::text is null or operational.recall_of(t.drug_id, t.lot_number) is not null
  then operational.arriving_status(b.branch_id, t.drug_id, t.lot_number, t.expiry_date) else $3 end`;

/** Makes the lots that are not there at the branch ($1) for lots in transit ($2). */
export const INSERT_LOTS = `
insert /* stockTransfers.insertLots */ into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost, supplier_id, status)
select b.branch_id, t.drug_id, t.lot_number, t.expiry_date, t.unit_cost, t.supplier_id, ${ARRIVES_AS}
from operational.stock_transit_lots t join operational.branches b on b.branch_id = $1
where t.transit_lot_id = any ($2::integer[]) and not exists (
  select from operational.inventory_lots l where l.branch_id = b.branch_id and l.drug_id = t.drug_id and l.lot_number = t.lot_number
    and l.expiry_date is not distinct from t.expiry_date and l.unit_cost = t.unit_cost and l.status = ${ARRIVES_AS})
order by t.drug_id, t.expiry_date, t.lot_number, t.unit_cost
on conflict (branch_id, drug_id, lot_number, expiry_date, unit_cost) where status = 'available' do nothing`;

/** The lot of the branch that each lot in transit goes into, locked in the order of all stock locks; its status is asked once more when it is. */
export const LOCK_LOTS = `
select /* stockTransfers.lockLots */ t.transit_lot_id as "transitLotId", l.lot_id as "lotId"
from operational.stock_transit_lots t join operational.branches b on b.branch_id = $1
join operational.inventory_lots l on l.lot_id = (
  select min(x.lot_id) from operational.inventory_lots x where x.branch_id = b.branch_id and x.drug_id = t.drug_id and x.lot_number = t.lot_number
    and x.expiry_date is not distinct from t.expiry_date and x.unit_cost = t.unit_cost and x.status = ${ARRIVES_AS})
where t.transit_lot_id = any ($2::integer[]) and l.status = ${ARRIVES_AS}
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update of l`;

/** The lots that lots in transit were taken from, locked in the order of all stock locks. */
export const LOCK_SOURCES = `
select /* stockTransfers.lockSources */ t.transit_lot_id as "transitLotId", l.lot_id as "lotId"
from operational.stock_transit_lots t join operational.inventory_lots l on l.lot_id = t.lot_id
where l.branch_id = $1 and t.transit_lot_id = any ($2::integer[])
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update of l`;

export const INSERT_DISCREPANCIES = `
insert /* stockTransfers.insertDiscrepancies */ into operational.stock_transfer_discrepancies (transfer_id, transit_lot_id, from_branch_id, to_branch_id, kind, quantity, note, reported_by)
select t.transfer_id, t.transit_lot_id, t.from_branch_id, t.to_branch_id, u.kind, u.quantity, u.note, $5
from unnest($1::integer[], $2::text[], $3::numeric[], $4::text[]) with ordinality as u (transit_lot_id, kind, quantity, note, n)
join operational.stock_transit_lots t on t.transit_lot_id = u.transit_lot_id order by u.n`;

export const RESOLVE = `
update /* stockTransfers.resolve */ operational.stock_transfer_discrepancies d set resolution = $2, resolution_note = $3, resolved_by = $4, resolved_at = now()
where d.discrepancy_id = $1`;

/** $2 direction, $3 product. Index: stock_transit_lots_open_idx. */
export const FIND_IN_TRANSIT = `
select /* stockTransfers.findInTransit */ t.transit_lot_id as "transitLotId", t.transfer_id as "transferId", t.from_branch_id as "fromBranchId", fb.name as "fromBranch",
  t.to_branch_id as "toBranchId", tb.name as "toBranch", t.drug_id as "drugId", d.name as "drugName", t.lot_number as "lotNumber", t.expiry_date as "expiryDate",
  trim_scale(t.quantity)::text as quantity, round(t.quantity * t.unit_cost, 2)::text as value, t.issued_at as "issuedAt", count(*) over ()::integer as "rowTotal"
from operational.stock_in_transit t join reference.drugs d on d.drug_id = t.drug_id
join operational.branches fb on fb.branch_id = t.from_branch_id join operational.branches tb on tb.branch_id = t.to_branch_id
where case $2::text when 'in' then t.to_branch_id = $1 when 'out' then t.from_branch_id = $1 else $1 in (t.from_branch_id, t.to_branch_id) end
  and ($3::integer is null or t.drug_id = $3)
order by t.transit_lot_id limit $4 offset $5`;
