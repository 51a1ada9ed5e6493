/** Locks the person a prescription is for, before what he was given is read. One row. */
export const LOCK_PERSON = `
select /* controlledLimits.lockPerson */ operational.lock_person($1)`;

/** What a person was given of the controlled substance of a product ($2), under every number of his. */
export const GIVEN = `
select /* controlledLimits.given */ g.given_on as "givenOn", g.days_supply as "daysSupply", trim_scale(g.quantity)::text as quantity
from operational.controlled_given($1, $2, $3, $4::date) g`;

/** What one prescription may hold of a product, where it was entered. */
export const ONCE_PER_PRESCRIPTION = `
select /* controlledLimits.oncePerPrescription */ trim_scale(m.quantity)::text as quantity
from operational.controlled_maxima m where m.jurisdiction = $1 and m.drug_id = $2`;

/** Parts that stand of the fill a rest is owed of, the lowest number first; a part that did not say why was short of stock. */
export const PARTS = `
select /* controlledLimits.parts */ coalesce(f.partial_reason, 'short_of_stock') as reason, f.filled_at as "partGivenAt", now() as now
from operational.fills f
where f.prescription_id = $1 and f.status not in ('reversed', 'returned_to_stock') and f.fill_number = $2
order by f.fill_id`;

/** The number of the fill of which a rest is owed; null: of none. */
export const OWED_NUMBER = `
select /* controlledLimits.owedNumber */ min(x.fill_number)::integer as "fillNumber"
from (select f.fill_number from operational.fills f join operational.prescriptions p using (prescription_id)
  where f.prescription_id = $1 and f.status not in ('reversed', 'returned_to_stock')
  group by f.fill_number, p.quantity having sum(f.quantity) < p.quantity) x`;

export const SCHEDULE_OF = `
select /* controlledLimits.scheduleOf */ b.jurisdiction, d.controlled_schedule as schedule, (now() at time zone b.time_zone)::date as today
from operational.prescriptions p join operational.branches b using (branch_id) join reference.drugs d using (drug_id)
where p.prescription_id = $1`;

export const MAXIMA = `
select /* controlledLimits.maxima */ m.jurisdiction, m.drug_id as "drugId", d.name as "drugName", trim_scale(m.quantity)::text as quantity,
  d.base_unit as "baseUnit", m.source, u.full_name as "setBy", m.set_at as "setAt", count(*) over () as "rowTotal"
from operational.controlled_maxima m join reference.drugs d using (drug_id) join operational.users u on u.user_id = m.set_by
order by m.jurisdiction, d.name, m.drug_id limit $1 offset $2`;

export const END_MAXIMUM = `
delete /* controlledLimits.endMaximum */ from operational.controlled_maxima where jurisdiction = $1 and drug_id = $2`;

export const SET_MAXIMUM = `
insert /* controlledLimits.setMaximum */ into operational.controlled_maxima (jurisdiction, drug_id, quantity, source, set_by)
values ($1, $2, $3, $4, $5)
on conflict (jurisdiction, drug_id) do update set quantity = excluded.quantity, source = excluded.source, set_by = excluded.set_by, set_at = now()`;
