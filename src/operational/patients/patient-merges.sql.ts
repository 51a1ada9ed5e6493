/** Prescriptions first, as whoever fills one takes them; then the records, which new rows of theirs wait for. */
export const LOCK_PRESCRIPTIONS = `
select /* patientMerges.lockPrescriptions */ r.prescription_id from operational.prescriptions r
where r.patient_id in ($1, $2) order by r.prescription_id for update`;
export const LOCK_RECORDS = `
select /* patientMerges.lockRecords */ p.patient_id from operational.patients p
where p.patient_id in ($1, $2) and p.branch_id = $3 order by p.patient_id for update`;

export const INSERT = `
insert /* patientMerges.insert */ into operational.patient_merges (branch_id, merged_id, survivor_id, reason, confirmed, taken, merged_by)
values ($1, $2, $3, $4, $5, $6, $7) returning merge_id as "mergeId"`;

/** From $1 to $2; an active allergy or a cover that the surviving record has as well stays where it is. $3 is the merge, $4 its branch. */
export const MOVE = `
with allergy as (
    update operational.patient_allergies a set patient_id = $2
    where a.patient_id = $1 and not (a.status = 'active' and exists (
      select from operational.patient_allergies o
      where o.patient_id = $2 and o.status = 'active' and o.ingredient_id is not distinct from a.ingredient_id
        and o.group_id is not distinct from a.group_id and lower(coalesce(o.substance_text, '')) = lower(coalesce(a.substance_text, ''))))
    returning a.allergy_id as id),
  condition as (update operational.patient_conditions set patient_id = $2 where patient_id = $1 returning condition_id as id),
  medication as (update operational.patient_medications set patient_id = $2 where patient_id = $1 returning medication_id as id),
  insurance as (update operational.patient_insurance set patient_id = $2 where patient_id = $1 returning insurance_id as id),
  prescription as (update operational.prescriptions set patient_id = $2 where patient_id = $1 returning prescription_id as id)
insert /* patientMerges.move */ into operational.patient_merge_moves (merge_id, branch_id, kind, row_id)
select $3, $4, x.kind, x.id from (
  select 'allergy' as kind, id from allergy union all select 'condition', id from condition union all select 'medication', id from medication
  union all select 'insurance', id from insurance union all select 'prescription', id from prescription) x`;

export const SET_MERGED = `
update /* patientMerges.setMerged */ operational.patients set merged_into = $2, version = version + 1 where patient_id = $1`;

export const UNDO = `
update /* patientMerges.undo */ operational.patient_merges set undone_by = $2, undone_at = now(), undo_reason = $3
where merge_id = $1 and undone_at is null`;

/** What came with the merge ($3) goes back from $1 to $2. */
export const MOVE_BACK = `
with moved as (select kind, row_id from operational.patient_merge_moves where merge_id = $3),
  condition as (update operational.patient_conditions t set patient_id = $2 from moved m where m.kind = 'condition' and m.row_id = t.condition_id and t.patient_id = $1),
  medication as (update operational.patient_medications t set patient_id = $2 from moved m where m.kind = 'medication' and m.row_id = t.medication_id and t.patient_id = $1),
  insurance as (update operational.patient_insurance t set patient_id = $2 from moved m where m.kind = 'insurance' and m.row_id = t.insurance_id and t.patient_id = $1),
  prescription as (update operational.prescriptions t set patient_id = $2 from moved m where m.kind = 'prescription' and m.row_id = t.prescription_id and t.patient_id = $1)
update /* patientMerges.moveBack */ operational.patient_allergies t set patient_id = $2
from moved m where m.kind = 'allergy' and m.row_id = t.allergy_id and t.patient_id = $1`;

const VIEW = `
select /* patientMerges.view */ m.merge_id as "mergeId", m.survivor_id as "survivorId", m.merged_id as "mergedId",
  p.first_name || ' ' || p.last_name as "mergedName", nullif(concat_ws(' ', p.first_name_ar, p.last_name_ar), '') as "mergedNameAr",
  p.birth_date as "mergedBirthDate", m.reason, m.confirmed, array(select k from jsonb_object_keys(m.taken) k order by k) as taken,
  (select json_build_object('allergies', count(*) filter (where v.kind = 'allergy'), 'conditions', count(*) filter (where v.kind = 'condition'),
     'medications', count(*) filter (where v.kind = 'medication'), 'insurance', count(*) filter (where v.kind = 'insurance'),
     'prescriptions', count(*) filter (where v.kind = 'prescription'))
   from operational.patient_merge_moves v where v.merge_id = m.merge_id) as moved,
  u.full_name as "mergedBy", m.merged_at as "mergedAt", x.full_name as "undoneBy", m.undone_at as "undoneAt", m.undo_reason as "undoReason"
from operational.patient_merges m
join operational.patients p on p.patient_id = m.merged_id
join operational.users u on u.user_id = m.merged_by
left join operational.users x on x.user_id = m.undone_by`;

export const FIND_ONE = `${VIEW} where m.merge_id = $1 and m.branch_id = $2`;

/** Merges a person's records took part in ($1: the surviving one), the last first. Rests on patient_merges_survivor_idx. */
export const FIND_PAGE = `${VIEW}
where m.survivor_id in (select operational.patient_family($1)) and ($2::integer is null or m.merge_id < $2)
order by m.merge_id desc limit $3`;

export const TAKEN = `
select /* patientMerges.taken */ m.taken from operational.patient_merges m where m.merge_id = $1`;
