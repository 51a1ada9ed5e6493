/** One import at a time at a branch ($1): two of the same person must not both find that he is not on record. */
export const LOCK_BRANCH = `
select /* fhir.lockBranch */ pg_advisory_xact_lock(hashtext('operational.fhir_resources'), $1)`;

/** Resources known by these keys, under the record that answers for their patient now ($2 kinds of resource, $3 systems, $4 values, side by side). Rests on fhir_identities_lookup_idx. */
export const FIND_RESOURCES = `
select /* fhir.findResources */ i.resource_type as "resourceType", i.kind, i.system, i.value, r.fhir_resource_id as "fhirResourceId",
  operational.surviving_patient(r.patient_id) as "patientId", r.prescriber_id as "prescriberId", r.content_hash as "contentHash", r.is_standing as "isStanding"
from (select distinct * from unnest($2::text[], $3::text[], $4::text[]) as k (resource_type, system, value)) k
join operational.fhir_identities i on i.branch_id = $1 and i.resource_type = k.resource_type and i.value = k.value and i.system = k.system
join operational.fhir_resources r using (fhir_resource_id)
order by r.fhir_resource_id`;

/** Patients of the branch by their number here ($2) or their national number ($3), held until the import ends. */
export const LOCK_PATIENTS = `
select /* fhir.lockPatients */ p.patient_id as "patientId", p.first_name as "firstName", p.last_name as "lastName", p.first_name_ar as "firstNameAr",
  p.last_name_ar as "lastNameAr", p.birth_date as "birthDate", p.birth_date_partial as "birthDatePartial", p.sex, p.phone, p.national_id as "nationalId",
  p.language, p.is_deceased as "isDeceased", p.deceased_on as "deceasedOn", p.weight_recorded_on as "weightRecordedOn",
  p.egfr_recorded_on as "egfrRecordedOn", p.height_recorded_on as "heightRecordedOn", p.creatinine_recorded_on as "creatinineRecordedOn",
  p.pregnancy_recorded_on as "pregnancyRecordedOn", p.lactation_recorded_on as "lactationRecordedOn"
from operational.patients p
where p.branch_id = $1 and p.merged_into is null and (p.patient_id = any ($2::integer[]) or p.national_id = any ($3::text[]))
order by p.patient_id for update`;

export const INSERT_PATIENT = `
insert /* fhir.insertPatient */ into operational.patients
  (branch_id, first_name, last_name, first_name_ar, last_name_ar, name_folded, birth_date, birth_date_partial, sex, phone, national_id, language,
   is_deceased, deceased_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning patient_id as "patientId"`;

export const UPDATE_PATIENT = `
update /* fhir.updatePatient */ operational.patients
set first_name = $2, last_name = $3, first_name_ar = $4, last_name_ar = $5, name_folded = $6, birth_date = $7, birth_date_partial = $8, sex = $9,
  phone = $10, national_id = $11, language = $12, is_deceased = $13, deceased_on = $14, version = version + 1
where patient_id = $1`;

/** A resource with what it is called; $7 the keys as JSON. */
export const INSERT_RESOURCE = `
with /* fhir.insertResource */ made as (
  insert into operational.fhir_resources (branch_id, resource_type, patient_id, prescriber_id, content_hash, is_standing)
  values ($1, $2, $3, $4, $5, $6) returning fhir_resource_id
), called as (
  insert into operational.fhir_identities (fhir_resource_id, branch_id, resource_type, kind, system, value)
  select made.fhir_resource_id, $1, $2, k.kind, k.system, k.value
  from made, jsonb_to_recordset($7::jsonb) as k (kind text, system text, value text)
)
select fhir_resource_id as "fhirResourceId" from made`;

export const UPDATE_RESOURCE = `
update /* fhir.updateResource */ operational.fhir_resources set content_hash = $2, is_standing = $3, changed_at = now() where fhir_resource_id = $1`;

/** Names a resource bears that were not known yet. */
export const ADD_KEYS = `
insert /* fhir.addKeys */ into operational.fhir_identities (fhir_resource_id, branch_id, resource_type, kind, system, value)
select $1, $2, $3, k.kind, k.system, k.value from jsonb_to_recordset($4::jsonb) as k (kind text, system text, value text)
on conflict do nothing`;

/** A prescriber of this licence number, made where there is none yet; null: there is one. */
export const INSERT_PRESCRIBER = `
insert /* fhir.insertPrescriber */ into operational.prescribers
  (first_name, last_name, first_name_ar, last_name_ar, name_folded, licence_number, specialty, phone)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (licence_number) do nothing returning prescriber_id as "prescriberId"`;
export const FIND_PRESCRIBER = `
select /* fhir.findPrescriber */ prescriber_id as "prescriberId" from operational.prescribers where licence_number = $1`;
export const UPDATE_PRESCRIBER = `
update /* fhir.updatePrescriber */ operational.prescribers
set first_name = $2, last_name = $3, first_name_ar = $4, last_name_ar = $5, name_folded = $6, specialty = coalesce($7, specialty), phone = coalesce($8, phone),
  version = version + 1
where prescriber_id = $1`;

/** What stands behind a resource: allergies, conditions and medicines, each with what tells it from another. */
export const FIND_ENTRIES = `
select /* fhir.findEntries */ e.fhir_resource_id as "fhirResourceId", e.allergy_id as "allergyId", e.condition_id as "conditionId", e.medication_id as "medicationId",
  coalesce(a.ingredient_id, m.ingredient_id) as "ingredientId", a.group_id as "groupId", m.drug_id as "drugId",
  coalesce(a.substance_text, m.medication_text) as text
from operational.fhir_entries e
left join operational.patient_allergies a using (allergy_id)
left join operational.patient_medications m using (medication_id)
where e.fhir_resource_id = any ($1::bigint[]) order by e.fhir_entry_id`;

/** Active allergies of patients, by what they are to. */
export const FIND_ALLERGIES = `
select /* fhir.findAllergies */ a.patient_id as "patientId", a.allergy_id as "allergyId", a.ingredient_id as "ingredientId", a.group_id as "groupId",
  a.substance_text as text
from operational.patient_allergies a where a.patient_id = any ($1::integer[]) and a.status = 'active'`;

const LINKED = (column: string): string => `
), linked as (
  insert into operational.fhir_entries (fhir_resource_id, branch_id, ${column}) select $1, $2, ${column} from made
)
select ${column} as id from made`;

export const ADD_ALLERGY = `
with /* fhir.addAllergy */ made as (
  insert into operational.patient_allergies (branch_id, patient_id, ingredient_id, group_id, substance_text, reaction, severity, status, recorded_by)
  values ($2, $3, $4, $5, $6, $7, $8, $9, $10) returning allergy_id ${LINKED('allergy_id')}`;
export const LINK_ALLERGY = `
insert /* fhir.linkAllergy */ into operational.fhir_entries (fhir_resource_id, branch_id, allergy_id) values ($1, $2, $3) on conflict do nothing`;
export const UPDATE_ALLERGY = `
update /* fhir.updateAllergy */ operational.patient_allergies a
set reaction = coalesce($2, a.reaction), severity = case $3 when 'unknown' then a.severity else $3 end, version = a.version + 1,
  status = case
    when $4 = 'active' and a.status <> 'active' and exists (select from operational.patient_allergies o
      where o.patient_id = a.patient_id and o.status = 'active' and o.allergy_id <> a.allergy_id and o.ingredient_id is not distinct from a.ingredient_id
        and o.group_id is not distinct from a.group_id and lower(o.substance_text) is not distinct from lower(a.substance_text)) then a.status
    else $4 end
where a.allergy_id = $1`;
/** Takes back an allergy ($1), unless another resource than $2 that holds says the same. $3 is what it becomes. */
export const RETIRE_ALLERGY = `
update /* fhir.retireAllergy */ operational.patient_allergies a set status = $3, version = a.version + 1
where a.allergy_id = $1 and a.status <> $3 and not exists (
  select from operational.fhir_entries e join operational.fhir_resources r using (fhir_resource_id)
  where e.allergy_id = $1 and e.fhir_resource_id <> $2 and r.is_standing)`;

export const ADD_CONDITION = `
with /* fhir.addCondition */ made as (
  insert into operational.patient_conditions (branch_id, patient_id, icd10, name, onset_date, status, recorded_by)
  values ($2, $3, $4, $5, $6, $7, $8) returning condition_id ${LINKED('condition_id')}`;
export const UPDATE_CONDITION = `
update /* fhir.updateCondition */ operational.patient_conditions
set icd10 = $2, name = $3, onset_date = $4, status = $5, version = version + 1 where condition_id = $1`;
export const RETIRE_CONDITION = `
update /* fhir.retireCondition */ operational.patient_conditions set status = 'entered_in_error', version = version + 1
where condition_id = $1 and status <> 'entered_in_error'`;

export const ADD_MEDICATION = `
with /* fhir.addMedication */ made as (
  insert into operational.patient_medications (branch_id, patient_id, drug_id, ingredient_id, medication_text, dose, started_on, ended_on, recorded_by)
  values ($2, $3, $4, $5, $6, $7, $8, $9, $10) returning medication_id ${LINKED('medication_id')}`;
export const UPDATE_MEDICATION = `
update /* fhir.updateMedication */ operational.patient_medications
set dose = $2, started_on = $3, ended_on = $4, version = version + 1 where medication_id = $1`;
/** A medicine on record by mistake was taken on no day: it ends where it began, or the day before ($2). */
export const RETIRE_MEDICATION = `
update /* fhir.retireMedication */ operational.patient_medications set ended_on = coalesce(started_on, $2::date), version = version + 1
where medication_id = $1 and (ended_on is null or ended_on > coalesce(started_on, $2::date))`;

/** "No known allergies", where nobody was asked yet and none is on record. */
export const SET_NONE_KNOWN = `
update /* fhir.setNoneKnown */ operational.patients p set allergy_status = 'none_known', version = p.version + 1
where p.patient_id = $1 and p.allergy_status = 'not_asked'`;
export const HAS_ACTIVE_ALLERGY = `
select /* fhir.hasActiveAllergy */ exists (
  select from operational.patient_allergies a where a.patient_id = $1 and a.status = 'active') as found`;

/** Pregnant since the onset ($2) of a condition that says so, where nobody was asked yet. */
export const SET_PREGNANT = `
update /* fhir.setPregnant */ operational.patients set pregnant = true, pregnancy_recorded_on = $2, version = version + 1
where patient_id = $1 and pregnant is null`;
/** No longer known to be pregnant: what the condition with this onset ($2) said is over, and nobody said more meanwhile. */
export const END_PREGNANCY = `
update /* fhir.endPregnancy */ operational.patients
set pregnant = null, trimester = null, due_date = null, pregnancy_recorded_on = null, version = version + 1
where patient_id = $1 and pregnant and pregnancy_recorded_on = $2`;

/** What was measured of a patient; null leaves what is on record. Each value comes with its day. */
export const UPDATE_MEASURED = `
update /* fhir.updateMeasured */ operational.patients
set weight_kg = coalesce($2, weight_kg), weight_recorded_on = case when $2::numeric is null then weight_recorded_on else $3::date end,
  egfr = coalesce($4, egfr), egfr_recorded_on = case when $4::numeric is null then egfr_recorded_on else $5::date end,
  height_cm = coalesce($6, height_cm), height_recorded_on = case when $6::numeric is null then height_recorded_on else $7::date end,
  creatinine_umol_l = coalesce($8, creatinine_umol_l), creatinine_recorded_on = case when $8::numeric is null then creatinine_recorded_on else $9::date end,
  pregnant = coalesce($10, pregnant),
  pregnancy_recorded_on = case when $10::boolean is null or $10 = pregnant and num_nonnulls(trimester, due_date) > 0 then pregnancy_recorded_on else $11::date end,
  trimester = case when $10::boolean is null or $10 = pregnant then trimester end,
  due_date = case when $10::boolean is null or $10 = pregnant then due_date end,
  lactating = coalesce($12, lactating), lactation_recorded_on = case when $12::boolean is null then lactation_recorded_on else $13::date end,
  version = version + 1
where patient_id = $1`;

/** The open branch of the code ($1), or the first there is. */
export const FIND_BRANCH = `
select /* fhir.findBranch */ b.branch_id as "branchId", b.code from operational.branches b
where b.active and ($1::text is null or b.code = $1) order by b.branch_id limit 1`;
