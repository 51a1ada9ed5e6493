const SUMMARY = `
  b.batch_id as "batchId", b.batch_number as "batchNumber", b.formula_id as "formulaId", b.formula_version as "formulaVersion", f.drug_id as "drugId",
  v.name as "drugName", v.name_ar as "drugNameAr", v.base_unit as "baseUnit", trim_scale(b.quantity)::text as quantity, b.prescription_id as "prescriptionId",
  p.rx_number as "rxNumber", b.status, su.full_name as "startedByName", b.started_at as "startedAt", b.beyond_use_date as "beyondUseDate", b.lot_id as "lotId", b.version,
  coalesce((select jsonb_agg(jsonb_build_object('fillId', x.fill_id, 'prescriptionId', x.prescription_id, 'rxNumber', r.rx_number,
      'quantity', trim_scale(x.quantity)::text, 'status', x.status) order by x.fill_id)
    from (select distinct fl.fill_id, fl.prescription_id, fl.quantity, fl.status
      from operational.inventory_lots l
      cross join lateral (select m.fill_id from operational.stock_movements m where m.lot_id = l.lot_id and m.movement_type = 'dispense'
        union select s.fill_id from operational.stock_reservations s where s.lot_id = l.lot_id and s.status = 'open') g
      join operational.fills fl on fl.fill_id = g.fill_id
      where l.compound_batch_id = b.batch_id order by fl.fill_id limit 200) x
    join operational.prescriptions r on r.prescription_id = x.prescription_id), '[]'::jsonb) as fills`;

const TABLES = `
from operational.compound_batches b
join operational.compound_formulas f using (formula_id)
join operational.compound_formula_versions v on v.formula_id = b.formula_id and v.version = b.formula_version
left join operational.prescriptions p on p.prescription_id = b.prescription_id
left join operational.users su on su.user_id = b.started_by`;

/**
 * Batches of the branch, newest first. $2 status, $3 formula, $4 prescription, $5 lot of an ingredient, followed through preparations
 * made of it. Indexes: compound_batches_branch_idx, compound_batch_items_lot_idx.
 */
export const FIND_PAGE = `
with recursive made (batch_id) as (
  select i.batch_id from operational.compound_batch_items i where i.lot_id = $5 and i.branch_id = $1
  union
  select i.batch_id from made d join operational.inventory_lots l on l.compound_batch_id = d.batch_id
  join operational.compound_batch_items i on i.lot_id = l.lot_id
)
select /* compoundBatches.findPage */ ${SUMMARY}, count(*) over ()::integer as "rowTotal"
${TABLES}
where b.branch_id = $1 and ($2::text is null or b.status = $2) and ($3::integer is null or b.formula_id = $3)
  and ($4::integer is null or b.prescription_id = $4) and ($5::integer is null or b.batch_id in (select batch_id from made))
order by b.batch_id desc
limit $6 offset $7`;

export const FIND_ONE = `
select /* compoundBatches.findOne */ ${SUMMARY}, v.method, v.storage, v.hazardous, trim_scale(v.tolerance_percent)::text as "tolerancePercent",
  case when b.status = 'released' then b.second_person else n.two_person_rule or v.requires_check or exists (
    select from operational.compound_batch_items i join reference.drugs d using (drug_id)
    join operational.controlled_schedules s on s.jurisdiction = n.jurisdiction and s.schedule = d.controlled_schedule and s.two_persons
    where i.batch_id = b.batch_id) end as "needsSecondPerson",
  b.made_by as "madeById", mu.full_name as "madeByName", b.made_at as "madeAt", cu.full_name as "checkedByName", b.released_at as "releasedAt",
  b.discard_reason as "discardReason", du.full_name as "discardedByName", b.discarded_at as "discardedAt",
  coalesce((select jsonb_agg(jsonb_build_object('batchItemId', i.batch_item_id, 'position', i.position, 'drugId', i.drug_id, 'drugName', d.name, 'drugNameAr', d.name_ar,
      'baseUnit', d.base_unit, 'lotId', i.lot_id, 'lotNumber', l.lot_number, 'expiryDate', l.expiry_date,
      'isUsable', l.status = 'available' and (l.expiry_date is null or l.expiry_date >= (now() at time zone n.time_zone)::date),
      'quantityPlanned', trim_scale(i.quantity_planned)::text, 'quantityUsed', trim_scale(i.quantity_used)::text, 'waste', trim_scale(i.waste)::text,
      'isBypassed', i.bypass_reason is not null, 'weighedByName', w.full_name, 'weighedAt', i.weighed_at,
      'movementId', (select m.movement_id from operational.stock_movements m where m.compound_batch_id = b.batch_id and m.lot_id = i.lot_id))
      order by i.position, l.expiry_date nulls last, i.lot_id)
    from operational.compound_batch_items i join operational.inventory_lots l using (lot_id) join reference.drugs d on d.drug_id = i.drug_id
    left join operational.users w on w.user_id = i.weighed_by where i.batch_id = b.batch_id), '[]'::jsonb) as items,
  (select jsonb_agg(jsonb_build_object('fromStatus', e.from_status, 'toStatus', e.to_status, 'reason', e.reason, 'userName', eu.full_name, 'occurredAt', e.occurred_at) order by e.event_id)
   from operational.compound_batch_events e left join operational.users eu using (user_id) where e.batch_id = b.batch_id) as events
${TABLES}
join operational.branches n on n.branch_id = b.branch_id
left join operational.users mu on mu.user_id = b.made_by
left join operational.users cu on cu.user_id = b.checked_by
left join operational.users du on du.user_id = b.discarded_by
where b.branch_id = $1 and b.batch_id = $2`;

/** Lock before the prescription's: nothing. The prescription is locked first, then the batch, then lots. */
export const PRESCRIPTION_OF = `
select /* compoundBatches.prescriptionOf */ b.prescription_id as "prescriptionId" from operational.compound_batches b where b.branch_id = $1 and b.batch_id = $2`;

export const LOCK_PRESCRIPTION = `
select /* compoundBatches.lockPrescription */ p.prescription_id from operational.prescriptions p where p.branch_id = $1 and p.prescription_id = $2 for update`;

export const LOCK = `
select /* compoundBatches.lock */ b.batch_id as "batchId", b.status, b.made_by as "madeById", trim_scale(b.quantity)::text as quantity,
  b.formula_id as "formulaId", b.formula_version as "formulaVersion", f.drug_id as "drugId", b.prescription_id as "prescriptionId",
  v.beyond_use_days as "beyondUseDays", trim_scale(v.tolerance_percent)::text as "tolerancePercent", trim_scale(v.yield_quantity)::text as "yieldQuantity",
  jsonb_build_object('kind', v.price_rule, 'markup', trim_scale(v.markup)::text, 'fee', v.fee::text, 'price', v.fixed_price::text) as "priceRule"
from operational.compound_batches b
join operational.compound_formulas f using (formula_id)
join operational.compound_formula_versions v on v.formula_id = b.formula_id and v.version = b.formula_version
where b.branch_id = $1 and b.batch_id = $2 for update of b`;

export const INSERT = `
insert /* compoundBatches.insert */ into operational.compound_batches (branch_id, formula_id, formula_version, quantity, prescription_id, started_by)
values ($1, $2, $3, $4, $5, $6) returning batch_id as "batchId"`;

/**
 * Plans the ingredients first expiry first in the one order of all stock locks; what is short is not in the answer. The reservations
 * come of the rows.
 */
export const INSERT_ITEMS = `
insert /* compoundBatches.insertItems */ into operational.compound_batch_items (branch_id, batch_id, position, drug_id, lot_id, quantity_planned)
select $1, $2, p.line_no, p.drug_id, p.lot_id, p.quantity
from operational.plan_fefo($1, $3::integer[], $4::numeric[]) with ordinality as p (line_no, lot_id, drug_id, lot_number, expiry_date, quantity, n)
order by p.n
returning position, trim_scale(quantity_planned)::text as quantity`;

export const WEIGH = `
update /* compoundBatches.weigh */ operational.compound_batch_items
set quantity_used = $2, waste = $3, code = $4, bypass_reason = $5, bypass_note = $6, weighed_by = $7
where batch_item_id = $1`;

export const MAKE = `
update /* compoundBatches.make */ operational.compound_batches set status = 'made', made_by = $2, beyond_use_date = $3 where batch_id = $1`;

/** The trigger moves the stock. */
export const RELEASE = `
update /* compoundBatches.release */ operational.compound_batches set status = 'released', checked_by = $2 where batch_id = $1 returning lot_id as "lotId"`;

export const DISCARD = `
update /* compoundBatches.discard */ operational.compound_batches
set status = 'discarded', discarded_by = $2, discard_reason = $3, weighed_back = $4, witness_id = $5 where batch_id = $1`;

/** What the ingredients of a batch that is made cost, as they will leave. */
export const COSTS = `
select /* compoundBatches.costs */ trim_scale(i.quantity_used + i.waste)::text as quantity, trim_scale(l.unit_cost)::text as "unitCost"
from operational.compound_batch_items i join operational.inventory_lots l using (lot_id)
where i.batch_id = $1 and i.quantity_used is not null`;

/** Ingredients to be written off that two people destroy here. $3: what was weighed goes back, so only what was lost counts. */
export const NEED_WITNESS = `
select /* compoundBatches.needWitness */ distinct i.drug_id as "drugId"
from operational.compound_batch_items i join reference.drugs d using (drug_id) join operational.branches n on n.branch_id = i.branch_id
join operational.controlled_schedules s on s.jurisdiction = n.jurisdiction and s.schedule = d.controlled_schedule and s.two_persons
where i.branch_id = $1 and i.batch_id = $2 and case when $3 then i.waste > 0 else i.quantity_used is not null end order by 1`;
