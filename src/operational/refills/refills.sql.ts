/**
 * Prescriptions of a branch ($1, its day $2) whose last fill runs out between two days ($3, $4), and of which something can
 * still be given: a refill, or the rest that is owed. A telephone number is told only where its owner agreed to reminders. After a row ($5 its day, $6 its prescription), at most $7. Read in the
 * order of fills_runs_out_idx and no further than the page; of each fill by fills_number_key and prescriptions_pkey.
 */
export const DUE = `
select /* refills.due */ x.*, f.dispensed_on as "lastDispensedOn", f.runs_out_on as "dueOn",
  f.runs_out_on - $2::date as "daysLeft"
from operational.fills f
-- One row each, said by limit: otherwise the planner expects next to none to remain and reads them all before it sorts.
cross join lateral (
  select r.prescription_id as "prescriptionId", r.rx_number as "rxNumber", r.patient_id as "patientId",
    t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
    c.decision as reminders, case when c.decision = 'given' then t.phone end as phone, t.language, d.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength,
    greatest(0, r.refills_authorized - g.refills)::integer as "refillsRemaining", trim_scale(r.quantity_owed)::text as "quantityOwed",
    r.expires_on as "expiresOn"
  from operational.prescriptions r
  join operational.patients t using (patient_id)
  join reference.drugs d on d.drug_id = r.drug_id
  left join lateral (
    select k.decision from operational.patient_consents k
    where k.patient_id in (select operational.patient_family(r.patient_id)) and k.kind = 'reminders'
    order by k.consent_id desc limit 1) c on true
  cross join lateral (
    select count(distinct y.fill_number) filter (where y.fill_number > 0) as refills, max(y.fill_id) as fill_id,
      bool_and(y.status = 'dispensed') as handed_over
    from operational.fills y
    where y.prescription_id = f.prescription_id and y.status not in ('reversed', 'returned_to_stock')) g
  where r.prescription_id = f.prescription_id and r.status = 'filled' and r.expires_on >= $2::date and not t.is_deceased
    and f.fill_id = g.fill_id and g.handed_over and (r.refills_authorized > g.refills or r.quantity_owed > 0)
  limit 1) x
where f.branch_id = $1 and f.status = 'dispensed' and f.runs_out_on between $3::date and $4::date
  and ($5::date is null or (f.runs_out_on, f.prescription_id) > ($5, $6::integer))
order by f.runs_out_on, f.prescription_id
limit $7`;

/** What was handed over to a person ($1) by product as prescribed, so that a substitute counts; of one branch's day "today". */
export const SUPPLIES = `
select /* refills.supplies */ r.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength,
  json_agg(json_build_object('on', f.dispensed_on, 'days', f.days_supply) order by f.dispensed_on, f.fill_id) as supplies
from operational.prescriptions r
join operational.fills f using (prescription_id)
join reference.drugs d on d.drug_id = r.drug_id
where r.patient_id in (select operational.patient_family($1)) and f.status = 'dispensed' and f.dispensed_on >= $2
group by r.drug_id, d.name, d.name_ar, d.strength
order by r.drug_id`;
