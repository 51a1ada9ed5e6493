/**
 * What happened to one person, under every number he is or was on record by ($1), the last first: before an entry ($2 its
 * microseconds, $3 kind, $4 number; null: from the newest), at most $5. Each part rests on the index of its table by patient.
 */
export const TIMELINE = `
with family as materialized (select f as patient_id from operational.patient_family($1) f),
rx as materialized (
  select r.prescription_id, r.rx_number, r.created_at, r.status, d.name
  from operational.prescriptions r join reference.drugs d using (drug_id) where r.patient_id in (select patient_id from family)),
entries as (
  select r.created_at as at, 'prescription' as kind, r.prescription_id as id, r.name as title, r.status as detail, r.prescription_id from rx r
  union all
  select coalesce(f.dispensed_at, f.filled_at), 'fill', f.fill_id, d.name, f.status, f.prescription_id
  from rx join operational.fills f using (prescription_id) join reference.drugs d on d.drug_id = f.drug_id
  union all
  select c.occurred_at, 'counselling', c.counselling_id, rx.name, c.outcome, f.prescription_id
  from rx join operational.fills f using (prescription_id) join operational.counsellings c using (fill_id)
  union all
  select c.submitted_at, 'claim', c.claim_id, y.name, c.status, f.prescription_id
  from rx join operational.fills f using (prescription_id) join operational.claims c on c.fill_id = f.fill_id join operational.payers y on y.payer_id = c.payer_id
  union all
  select s.sale_date, s.sale_type, s.sale_id, s.sale_number,
    (select string_agg(i.description, ', ' order by i.line_no) from operational.sale_items i where i.sale_id = s.sale_id), null
  from operational.sales s where s.patient_id in (select patient_id from family)
  union all
  select o.overridden_at, 'override', o.override_id, a.message, o.reason, a.prescription_id
  from operational.clinical_alerts a join operational.alert_overrides o using (alert_id) where a.patient_id in (select patient_id from family)
  union all
  select a.recorded_at, 'allergy', a.allergy_id, coalesce(i.name, g.name, a.substance_text), a.status, null
  from operational.patient_allergies a left join reference.ingredients i using (ingredient_id) left join reference.ingredient_groups g using (group_id)
  where a.patient_id in (select patient_id from family)
  union all
  select c.recorded_at, 'condition', c.condition_id, c.name, c.status, null
  from operational.patient_conditions c where c.patient_id in (select patient_id from family)),
keyed as (select e.*, (extract(epoch from e.at) * 1000000)::bigint as micros from entries e)
select /* patientTimeline.findPage */ k.at, k.kind, k.id, k.title, k.detail, k.prescription_id as "prescriptionId", k.micros::text as micros
from keyed k
where $2::bigint is null or (k.micros, k.kind, k.id) < ($2, $3::text, $4::integer)
order by k.micros desc, k.kind desc, k.id desc
limit $5`;
