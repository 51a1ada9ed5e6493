const COLUMNS = `
  a.adjustment_id as "adjustmentId", a.lot_id as "lotId", l.lot_number as "lotNumber", l.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit",
  trim_scale(a.quantity)::text as quantity, round(a.quantity * l.unit_cost, 2)::text as value, a.reason_code as "reasonCode", a.reason, a.corrects_movement_id as "correctsMovementId",
  a.status, operational.is_set_aside(a.lot_id) as "isSetAside", a.requested_by as "requestedById", q.full_name as "requestedBy", a.requested_at as "requestedAt", c.full_name as "closedBy", a.closed_at as "closedAt", a.close_note as "closeNote",
  a.movement_id as "movementId"`;

const TABLES = `
from operational.stock_adjustments a
join operational.inventory_lots l on l.lot_id = a.lot_id
join reference.drugs d on d.drug_id = l.drug_id
join operational.users q on q.user_id = a.requested_by
left join operational.users c on c.user_id = a.closed_by`;

/** Newest first. Index: stock_adjustments_branch_idx. */
export const FIND_PAGE = `
select /* adjustments.findPage */ ${COLUMNS}, count(*) over ()::integer as "rowTotal"
${TABLES}
where a.branch_id = $1 and ($2::text is null or a.status = $2)
order by a.adjustment_id desc limit $3 offset $4`;

export const FIND_ONE = `
select /* adjustments.findOne */ ${COLUMNS}
${TABLES}
where a.branch_id = $1 and a.adjustment_id = $2`;

export const LOCK = `
select /* adjustments.lock */ a.status, a.requested_by as "requestedById" from operational.stock_adjustments a where a.branch_id = $1 and a.adjustment_id = $2 for update`;

/** Whether a correction of a lot is worth more than one person may post, and whether the lot is set aside. */
export const FACTS = `
select /* adjustments.facts */ coalesce(abs($3::numeric) * l.unit_cost > p.adjustment_limit, false) as "isOverLimit", operational.is_set_aside(l.lot_id) as "isSetAside"
from operational.inventory_lots l left join operational.stock_policies p on p.branch_id = l.branch_id
where l.branch_id = $1 and l.lot_id = $2`;

export const INSERT = `
insert /* adjustments.insert */ into operational.stock_adjustments (branch_id, lot_id, quantity, reason_code, reason, corrects_movement_id, requested_by)
values ($1, $2, $3, $4, $5, $6, $7) returning adjustment_id as "adjustmentId"`;

/** As it was asked for, by who asked; the trigger posts it to the lot. */
export const POST = `
insert /* adjustments.post */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, reason, reason_code, corrects_movement_id, adjustment_id, balance_after, unit_cost, user_id)
select a.branch_id, a.lot_id, l.drug_id, 'adjustment', a.quantity, a.reason, a.reason_code, a.corrects_movement_id, a.adjustment_id, 0, 0, a.requested_by
from operational.stock_adjustments a join operational.inventory_lots l on l.lot_id = a.lot_id where a.adjustment_id = $1
returning movement_id as "movementId"`;

export const CLOSE = `
update /* adjustments.close */ operational.stock_adjustments set status = $2, movement_id = $3, closed_by = $4, closed_at = now(), close_note = $5 where adjustment_id = $1`;
