/**
 * Prescriptions of a branch ($1) whose last fill runs out within so many days ($2) or did at most so many days ago ($3), and of which
 * something can still be given: a refill, or the rest that is owed. After a row ($4 its day, $5 its prescription), at most $6.
 * Rests on fills_runs_out_idx (the range of days), fills_number_key and prescriptions_pkey.
 */
export const DUE = `
select /* refills.due */ r.prescription_id as "prescriptionId", r.rx_number as "rxNumber", r.patient_id as "patientId",
  t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
  t.phone, t.language, d.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength,
  f.dispensed_on as "lastDispensedOn", f.dispensed_on + f.days_supply as "dueOn", f.dispensed_on + f.days_supply - b.today as "daysLeft",
  greatest(0, r.refills_authorized - g.refills)::integer as "refillsRemaining", trim_scale(r.quantity_owed)::text as "quantityOwed",
  r.expires_on as "expiresOn"
from (select x.branch_id, (now() at time zone x.time_zone)::date as today from operational.branches x where x.branch_id = $1) b
join operational.fills f on f.branch_id = b.branch_id and f.status = 'dispensed'
  and f.dispensed_on + f.days_supply between b.today - $3::integer and b.today + $2::integer
join operational.prescriptions r using (prescription_id)
join operational.patients t using (patient_id)
join reference.drugs d on d.drug_id = r.drug_id
cross join lateral (
  select count(distinct x.fill_number) filter (where x.fill_number > 0) as refills, max(x.fill_number) as fill_number,
    max(x.fill_id) as fill_id, bool_and(x.status = 'dispensed') as handed_over
  from operational.fills x
  where x.prescription_id = r.prescription_id and x.status not in ('reversed', 'returned_to_stock')) g
where r.status = 'filled' and r.expires_on >= b.today and not t.is_deceased
  and f.fill_id = g.fill_id and g.handed_over
  and (r.refills_authorized > g.refills or r.quantity_owed > 0)
  and ($4::date is null or (f.dispensed_on + f.days_supply, r.prescription_id) > ($4, $5::integer))
order by f.dispensed_on + f.days_supply, r.prescription_id
limit $6`;

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
