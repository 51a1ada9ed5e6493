import { PERSON } from './patients.sql.js';

/** Every branch: who takes a product is asked for the whole installation, and nobody is named. */
export const ALL_BRANCHES = `
select /* patients.allBranches */ branch_id as "branchId" from operational.branches`;

/**
 * Patients with a current medicine among the products ($1), by number: fills handed over and not run out, fills being
 * prepared, prescriptions that may still be filled or went to another pharmacy, medicines from elsewhere. Rests on fills_drug_idx and
 * idx_prescriptions_drug; patient_medications is read whole.
 */
export const FIND_TAKING = `
select /* patients.findTaking */ t.patient_id as "patientId", array_agg(distinct t.drug_id) as "drugIds"
from (
  select p.patient_id, f.drug_id
  from operational.fills f
  join operational.prescriptions p using (prescription_id)
  join operational.branches b on b.branch_id = p.branch_id
  where f.drug_id = any ($1::int[])
    and (f.status in ('in_progress', 'verified', 'ready') or f.status = 'dispensed' and f.runs_out_on > (now() at time zone b.time_zone)::date)
    and not exists (select from operational.prescription_stops s where s.prescription_id = f.prescription_id and s.stopped_on < (now() at time zone b.time_zone)::date)
  union all
  select p.patient_id, p.drug_id
  from operational.prescriptions p join operational.branches b using (branch_id)
  where p.drug_id = any ($1::int[]) and p.status in ('pending', 'filled') and p.expires_on >= (now() at time zone b.time_zone)::date
  union all
  select x.patient_id, x.drug_id
  from operational.transferred_medicines x join operational.branches b using (branch_id)
  where x.drug_id = any ($1::int[]) and x.taken_until >= (now() at time zone b.time_zone)::date
  union all
  select m.patient_id, m.drug_id
  from operational.patient_medications m join operational.branches b using (branch_id)
  where m.drug_id = any ($1::int[]) and (m.ended_on is null or m.ended_on >= (now() at time zone b.time_zone)::date)
    and (m.started_on is null or m.started_on <= (now() at time zone b.time_zone)::date)
) t
group by t.patient_id
order by t.patient_id`;

/** What screening must know of these patients ($1), each in one row. */
export const FIND_PEOPLE = `
select /* patients.findPeople */ ${PERSON}, t.today::text as today,
  coalesce((select json_agg(json_build_object('ingredientId', a.ingredient_id, 'groupId', a.group_id, 'text', a.substance_text))
    from operational.patient_allergies a where a.patient_id = p.patient_id and a.status = 'active'), '[]') as allergies,
  coalesce((select json_agg(json_build_object('icd10', c.icd10, 'name', c.name))
    from operational.patient_conditions c where c.patient_id = p.patient_id and c.status = 'active'), '[]') as conditions,
  coalesce((select json_agg(distinct jsonb_strip_nulls(jsonb_build_object('drugId', m.drug_id, 'ingredientId', m.ingredient_id, 'text', m.text)))
    from (
      select f.drug_id, null::integer as ingredient_id, null::text as text
      from operational.prescriptions r join operational.fills f using (prescription_id)
      where r.patient_id = p.patient_id
        and (f.status in ('in_progress', 'verified', 'ready') or f.status = 'dispensed' and f.runs_out_on > t.today)
        and not exists (select from operational.prescription_stops s where s.prescription_id = r.prescription_id and s.stopped_on < t.today)
      union all
      select r.drug_id, null, null from operational.prescriptions r
      where r.patient_id = p.patient_id and r.status in ('pending', 'filled') and r.expires_on >= t.today
      union all
      select x.drug_id, null, null from operational.transferred_medicines x
      where x.patient_id = p.patient_id and x.taken_until >= t.today
      union all
      select e.drug_id, e.ingredient_id, e.medication_text from operational.patient_medications e
      where e.patient_id = p.patient_id and (e.ended_on is null or e.ended_on >= t.today) and (e.started_on is null or e.started_on <= t.today)
    ) m), '[]') as medicines
from operational.patients p
join operational.branches b using (branch_id)
cross join lateral (select (now() at time zone b.time_zone)::date as today) t
where p.patient_id = any ($1::int[])
order by p.patient_id`;
