/**
 * Records of the branch ($2) that may be of the same person as $1, as COLUMNS of patients.sql shows them: the same birth date, end of the
 * telephone or national number, or a name near it; at most $3, those that share more than a name first. What they are like is judged by
 * patient-duplicates.domain. Rests on patients_birth_date_idx, patients_phone_tail_idx, patients_national_id_idx, patients_name_trgm_idx.
 */
export const findCandidates = (columns: string): string => `
with me as (select * from operational.patients where patient_id = $1),
near as (
  select p.patient_id from me join operational.patients p on p.birth_date = me.birth_date
  union
  select p.patient_id from me join operational.patients p on p.branch_id = me.branch_id
    and operational.phone_tail(p.phone) = operational.phone_tail(me.phone)
  union
  select p.patient_id from me join operational.patients p on p.branch_id = me.branch_id and p.national_id = me.national_id
  union
  select p.patient_id from me join operational.patients p on p.name_folded operator(public.%) me.name_folded
)
select /* patients.findCandidates */ ${columns}
from near join operational.patients p using (patient_id) cross join me
where p.branch_id = $2 and p.patient_id <> $1 and p.merged_into is null
order by coalesce(p.birth_date = me.birth_date, false) or coalesce(operational.phone_tail(p.phone) = operational.phone_tail(me.phone), false)
    or coalesce(p.national_id = me.national_id, false) desc, public.similarity(p.name_folded, me.name_folded) desc, p.patient_id
limit $3`;
