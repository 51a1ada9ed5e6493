const COLUMNS = `
  x.destruction_id as "destructionId", x.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate",
  l.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", d.controlled_schedule as schedule, trim_scale(x.quantity)::text as quantity, x.reason, x.note, x.status,
  x.requested_by as "requestedById", q.full_name as "requestedBy", x.requested_at as "requestedAt", c.full_name as "closedBy",
  x.closed_at as "closedAt", w.full_name as "witnessedBy", x.cancel_reason as "cancelReason", x.movement_id as "movementId",
  trim_scale(round(x.quantity * l.unit_cost, 2))::text as value,
  coalesce(m.second_person, s.two_persons, false) as "needsWitness"`;

const TABLES = `
from operational.stock_destructions x
join operational.inventory_lots l on l.lot_id = x.lot_id
join reference.drugs d on d.drug_id = l.drug_id
join operational.branches b on b.branch_id = x.branch_id
left join operational.controlled_schedules s on s.jurisdiction = b.jurisdiction and s.schedule = d.controlled_schedule
left join operational.stock_movements m on m.movement_id = x.movement_id
join operational.users q on q.user_id = x.requested_by
left join operational.users c on c.user_id = x.closed_by
left join operational.users w on w.user_id = m.witness_id`;

/** Newest first. Index: stock_destructions_branch_idx. */
export const FIND_PAGE = `
select /* destructions.findPage */ ${COLUMNS}, count(*) over () as "rowTotal"
${TABLES}
where x.branch_id = $1 and ($2::text is null or x.status = $2)
order by x.destruction_id desc limit $3 offset $4`;

export const FIND_ONE = `
select /* destructions.findOne */ ${COLUMNS}
${TABLES}
where x.branch_id = $1 and x.destruction_id = $2`;

export const LOCK = `
select /* destructions.lock */ x.lot_id as "lotId", trim_scale(x.quantity)::text as quantity, x.reason, x.note, x.status, x.requested_by as "requestedById"
from operational.stock_destructions x where x.branch_id = $1 and x.destruction_id = $2 for update`;

/** Which of the products need two people here. */
export const TWO_PERSON_DRUGS = `
select /* destructions.twoPersonDrugs */ d.drug_id as "drugId"
from reference.drugs d join operational.branches b on b.branch_id = $1
join operational.controlled_schedules s on s.jurisdiction = b.jurisdiction and s.schedule = d.controlled_schedule and s.two_persons
where d.drug_id = any ($2::integer[]) order by d.drug_id`;

/** The trigger posts it to the lot. */
export const INSERT_MOVEMENT = `
insert /* destructions.insertMovement */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, user_id, witness_id)
select $1, l.lot_id, l.drug_id, 'destruction', - $3::numeric, $4, 0, 0, $5, $6
from operational.inventory_lots l where l.lot_id = $2
returning movement_id as "movementId"`;

export const INSERT = `
insert /* destructions.insert */ into operational.stock_destructions
  (branch_id, lot_id, quantity, reason, note, requested_by, status, movement_id, closed_by, closed_at)
select $1, $2, $3, $4, $5, $6, case when $7::bigint is null then 'pending' else 'destroyed' end, $7,
  case when $7::bigint is not null then $6::integer end, case when $7::bigint is not null then now() end
returning destruction_id as "destructionId"`;

export const CLOSE = `
update /* destructions.close */ operational.stock_destructions
set status = $2, movement_id = $3, cancel_reason = $4, closed_by = $5, closed_at = now() where destruction_id = $1`;
