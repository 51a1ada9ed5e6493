/**
 * Owed rests of a branch ($1) that can still be given, oldest prescription first: of a patient ($2), of products ($3), that stock completes or
 * not ($4), after a prescription ($5), at most $6. Rests on prescriptions_owed_idx, fills_number_key, inventory_lots_fefo_idx.
 */
export const FIND = `
select /* owedFills.find */ p.prescription_id as "prescriptionId", p.rx_number as "rxNumber", p.patient_id as "patientId",
  t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
  d.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength, d.base_unit as "baseUnit",
  o.fill_number as "fillNumber", trim_scale(p.quantity - o.given)::text as "quantityOwed", o.since as "owedSince",
  b.today - o.since as "daysOwed", p.expires_on as "expiresOn", trim_scale(s.free)::text as "stockOnHand",
  s.free >= p.quantity - o.given as completable
from operational.prescriptions p
join operational.patients t using (patient_id)
cross join lateral (
  select x.time_zone, (now() at time zone x.time_zone)::date as today from operational.branches x where x.branch_id = p.branch_id) b
cross join lateral (
  select x.fill_number, sum(x.quantity) as given, min(coalesce(x.dispensed_on, (x.filled_at at time zone b.time_zone)::date)) as since,
    (array_agg(x.drug_id order by x.part_number desc))[1] as drug_id
  from operational.fills x
  where x.prescription_id = p.prescription_id and x.status not in ('reversed', 'returned_to_stock')
  group by x.fill_number having sum(x.quantity) < p.quantity
  order by x.fill_number limit 1) o
join reference.drugs d on d.drug_id = o.drug_id
cross join lateral (
  select coalesce(sum(h.quantity), 0) as free from operational.stock_on_hand h where h.branch_id = p.branch_id and h.drug_id = o.drug_id) s
where p.branch_id = $1 and p.quantity_owed > 0 and p.status in ('filled', 'on_hold') and p.expires_on >= b.today
  and ($2::integer is null or p.patient_id = $2)
  and ($3::integer[] is null or o.drug_id = any ($3))
  and ($4::boolean is null or (s.free >= p.quantity - o.given) = $4)
  and ($5::integer is null or p.prescription_id > $5)
order by p.prescription_id
limit $6`;
