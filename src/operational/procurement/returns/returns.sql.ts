const RETURN = `
select /* returns.shown */ r.supplier_return_id as "supplierReturnId", r.return_number as "returnNumber", r.supplier_id as "supplierId", s.name as "supplierName", r.status,
  r.status_reason as "statusReason", r.notes, coalesce(i.lines, 0)::integer as "lineCount", coalesce(i.expected, 0)::text as "creditExpected", n.net_total::text as "creditReceived",
  r.credit_note_id as "creditNoteId", n.number as "creditNoteNumber", c.full_name as "createdBy", r.created_at as "createdAt", h.full_name as "shippedBy",
  r.shipped_at as "shippedAt", r.version
from operational.supplier_returns r
join operational.suppliers s using (supplier_id)
left join operational.supplier_invoices n on n.supplier_invoice_id = r.credit_note_id
left join operational.users c on c.user_id = r.created_by
left join operational.users h on h.user_id = r.shipped_by
left join lateral (select count(*) as lines, sum(x.credit_expected) as expected from operational.supplier_return_items x
  where x.supplier_return_id = r.supplier_return_id) i on true`;

const FILTER = `where r.branch_id = $1 and ($2::text is null or r.status = $2) and ($3::integer is null or r.supplier_id = $3)`;

/** Newest first. Index: supplier_returns_branch_idx. */
export const FIND_PAGE = `${RETURN} ${FILTER} order by r.supplier_return_id desc limit $4 offset $5`;
export const COUNT = `select /* returns.count */ count(*)::integer as total from operational.supplier_returns r ${FILTER}`;
export const FIND_ONE = `${RETURN} where r.branch_id = $1 and r.supplier_return_id = $2`;

export const LINES = `
select /* returns.lines */ i.line_no as "lineNo", i.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate", l.status as "lotStatus", l.drug_id as "drugId",
  d.name as "drugName", d.base_unit as "baseUnit", trim_scale(i.quantity)::text as quantity, i.reason, i.credit_expected::text as "creditExpected",
  coalesce(s.two_persons, false) as "needsWitness", w.full_name as "witnessedBy", i.movement_id as "movementId"
from operational.supplier_return_items i join operational.inventory_lots l using (lot_id) join reference.drugs d using (drug_id)
join operational.branches b on b.branch_id = i.branch_id
left join operational.controlled_schedules s on s.jurisdiction = b.jurisdiction and s.schedule = d.controlled_schedule
left join operational.stock_movements m on m.movement_id = i.movement_id
left join operational.users w on w.user_id = m.witness_id
where i.supplier_return_id = $1 order by i.line_no`;

export const EVENTS = `
select /* returns.events */ e.from_status as "fromStatus", e.to_status as "toStatus", e.reason, u.full_name as "userName", e.occurred_at as "occurredAt"
from operational.supplier_return_events e left join operational.users u using (user_id)
where e.supplier_return_id = $1 order by e.event_id desc limit 200`;

export const LOCK = `
select /* returns.lock */ r.supplier_return_id as "supplierReturnId", r.return_number as "returnNumber", r.status, r.supplier_id as "supplierId"
from operational.supplier_returns r where r.branch_id = $1 and r.supplier_return_id = $2 for update`;

/** Lots of lines, with what is free of them and what so much cost. */
export const LOTS = `
select /* returns.lots */ l.lot_id as "lotId", l.drug_id as "drugId", trim_scale(l.quantity - l.quantity_reserved)::text as free,
  round(u.quantity * l.unit_cost, b.currency_decimals)::text as cost
from unnest($2::integer[], $3::numeric[]) as u (lot_id, quantity) join operational.inventory_lots l using (lot_id) join operational.branches b using (branch_id)
where l.branch_id = $1`;

export const INSERT = `
insert /* returns.insert */ into operational.supplier_returns (branch_id, supplier_id, notes) values ($1, $2, $3) returning supplier_return_id as "supplierReturnId"`;

export const INSERT_LINES = `
insert /* returns.insertLines */ into operational.supplier_return_items (branch_id, supplier_return_id, line_no, lot_id, quantity, reason, credit_expected)
select $1, $2, u.n, u.lot_id, u.quantity, u.reason, u.credit
from unnest($3::integer[], $4::numeric[], $5::text[], $6::numeric[]) with ordinality as u (lot_id, quantity, reason, credit, n)`;

/** Locks the lots in the order of all stock locks. */
export const LOCK_LOTS = `
select /* returns.lockLots */ l.lot_id from operational.inventory_lots l
where l.lot_id in (select i.lot_id from operational.supplier_return_items i where i.supplier_return_id = $1)
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update`;

/** The trigger takes each line out of its lot. */
export const SHIP = `
with /* returns.ship */ moved as (
  insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, witness_id)
  select i.branch_id, i.lot_id, l.drug_id, 'supplier_return', - i.quantity, i.reason || ': return ' || r.return_number, 0, 0, $2::integer
  from operational.supplier_return_items i join operational.supplier_returns r using (supplier_return_id) join operational.inventory_lots l using (lot_id)
  where i.supplier_return_id = $1 order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id
  returning movement_id, lot_id
)
select m.movement_id as "movementId", m.lot_id as "lotId" from moved m order by m.movement_id`;

export const NAME_MOVEMENTS = `
update /* returns.nameMovements */ operational.supplier_return_items i set movement_id = u.movement_id
from unnest($2::integer[], $3::bigint[]) as u (lot_id, movement_id) where i.supplier_return_id = $1 and i.lot_id = u.lot_id`;

/** Brings what was sent back into its lots. */
export const BRING_BACK = `
insert /* returns.bringBack */ into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, reverses_movement_id, balance_after, unit_cost)
select i.branch_id, i.lot_id, l.drug_id, 'reversal', i.quantity, $2, i.movement_id, 0, 0
from operational.supplier_return_items i join operational.inventory_lots l using (lot_id)
where i.supplier_return_id = $1 and i.movement_id is not null order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id`;

export const STEP = `
update /* returns.step */ operational.supplier_returns set status = $2, status_reason = $3, credit_note_id = coalesce($4, credit_note_id), version = version + 1
where supplier_return_id = $1`;

const WINDOWS = `
from operational.inventory_lots l
join operational.suppliers s on s.supplier_id = l.supplier_id and s.returns_from_days is not null
join operational.branches b on b.branch_id = l.branch_id
cross join lateral (select l.expiry_date - s.returns_from_days as opens_on, l.expiry_date + s.returns_until_days as deadline, (now() at time zone b.time_zone)::date as today) w
where l.branch_id = $1 and l.quantity > l.quantity_reserved and l.expiry_date is not null and w.deadline >= w.today and w.opens_on <= w.today + $2::integer
  and ($3::integer is null or l.supplier_id = $3)`;

/** The one whose time is up first, first. */
export const DEADLINES = `
select /* returns.deadlines */ l.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate", l.status as "lotStatus", l.drug_id as "drugId",
  (select d.name from reference.drugs d where d.drug_id = l.drug_id) as "drugName", s.supplier_id as "supplierId", s.name as "supplierName",
  trim_scale(l.quantity - l.quantity_reserved)::text as quantity, round((l.quantity - l.quantity_reserved) * l.unit_cost, 2)::text as value, w.opens_on as "opensOn",
  w.deadline, w.deadline - w.today as "daysLeft", w.opens_on <= w.today as "isOpen", count(*) over ()::integer as "rowTotal"
${WINDOWS} order by w.deadline, l.lot_id limit $4 offset $5`;
