import { COUNT_LIMIT } from '../../platform/http/schemas.js';

/**
 * Columns of a patient as the API shows them; numerics without trailing zeros.
 * Rows expected: one page. Rests on patients_name_words_idx and name_words_trgm_idx (names), patients_phone_digits_idx,
 * patients_birth_date_idx, patients_branch_idx.
 */
export const COLUMNS = `
  p.patient_id as "patientId", p.first_name as "firstName", p.last_name as "lastName", p.first_name_ar as "firstNameAr",
  p.last_name_ar as "lastNameAr", p.birth_date as "birthDate", p.birth_date_partial as "birthDatePartial", p.is_deceased as "isDeceased",
  p.deceased_on as "deceasedOn", p.sex, p.phone, p.national_id as "nationalId",
  trim_scale(p.weight_kg)::text as "weightKg", p.weight_recorded_on as "weightRecordedOn", trim_scale(p.egfr)::text as egfr,
  p.egfr_recorded_on as "egfrRecordedOn", trim_scale(p.height_cm)::text as "heightCm", p.height_recorded_on as "heightRecordedOn",
  trim_scale(p.creatinine_umol_l)::text as "creatinineUmolL", p.creatinine_recorded_on as "creatinineRecordedOn",
  p.child_pugh as "childPugh", p.child_pugh_recorded_on as "childPughRecordedOn", p.pregnant,
  p.trimester, p.due_date as "dueDate", p.pregnancy_recorded_on as "pregnancyRecordedOn", p.lactating,
  p.lactation_recorded_on as "lactationRecordedOn", p.allergy_status as "allergyStatus", p.language, p.notes,
  p.is_sample as "isSample", p.erased_at as "erasedAt", p.version`;

const BORN = `from operational.patients p where p.branch_id = $1 and p.merged_into is null and p.birth_date = $2`;
const ALL = `from operational.patients p where p.branch_id = $1 and p.merged_into is null`;

const counted = (from: string): string =>
  `select count(*)::integer as total from (select ${from} limit ${COUNT_LIMIT + 1}) c`;

/** Found by operational.patients_named ($1 branch, $2 words), then shown: a common name is that of thousands. */
export const FIND_BY_NAME = `
select /* patients.findByName */ ${COLUMNS}, n.counted::integer
from operational.patients_named($1, $2::text[], $3, $4) n join operational.patients p using (patient_id) order by n.place`;
export const COUNT_BY_NAME = `
select /* patients.countByName */ coalesce(max(n.counted), 0)::integer as total from operational.patients_named($1, $2::text[], 1, 0) n`;
export const FIND_IDS_BY_NAME = `
select /* patients.findIdsByName */ n.patient_id as "patientId" from operational.patients_named($1, $2::text[], $3, 0) n order by n.place`;

/** The patient of this number ($3), who answers for it, and those of these digits ($2); as far as anybody turns pages. */
const NUMBERED = `
from operational.patients p
where p.branch_id = $1 and p.merged_into is null and p.patient_id in (
  select operational.surviving_patient($3) union select n.patient_id from operational.patients_numbered($1, $2, ${COUNT_LIMIT + 1}) n)`;

export const FIND_BY_NUMBER = `
select /* patients.findByNumber */ ${COLUMNS} ${NUMBERED}
order by (p.patient_id = $3) desc nulls last, p.name_folded, p.patient_id limit $4 offset $5`;
export const COUNT_BY_NUMBER = `/* patients.countByNumber */ ${counted(NUMBERED)}`;

export const FIND_BY_BIRTH_DATE = `
select /* patients.findByBirthDate */ ${COLUMNS} ${BORN} order by p.name_folded, p.patient_id limit $3 offset $4`;
export const COUNT_BY_BIRTH_DATE = `/* patients.countByBirthDate */ ${counted(BORN)}`;

export const FIND_ALL = `
select /* patients.findAll */ ${COLUMNS} ${ALL} order by p.name_folded, p.patient_id limit $2 offset $3`;
export const COUNT_ALL = `/* patients.countAll */ ${counted(ALL)}`;

export const FIND_ONE = `
select /* patients.findOne */ ${COLUMNS}, p.merged_into as "mergedInto" from operational.patients p where p.patient_id = $1 and p.branch_id = $2`;

/** The record that answers for a number; "mergedInto" is its own number where the one asked for was taken over. */
export const FIND_SURVIVOR = `
select /* patients.findSurvivor */ ${COLUMNS}, nullif(p.patient_id, $1) as "mergedInto"
from operational.patients p where p.patient_id = operational.surviving_patient($1) and p.branch_id = $2`;

export const LOCK_ONE = `
select /* patients.lockOne */ p.patient_id as "patientId" from operational.patients p
where p.patient_id = $1 and p.branch_id = $2 for update`;

export const HAS_ACTIVE_ALLERGY = `
select /* patients.hasActiveAllergy */ exists (
  select from operational.patient_allergies a where a.patient_id = $1 and a.status = 'active') as found`;

export const LOG_READ = `
select /* patients.logRead */ operational.log_read('patients', p.patient_id::text, p.branch_id)
from operational.patients p where p.patient_id = operational.surviving_patient($1)`;

/**
 * What the patient takes on the day ("t.today"): fills handed over and not run out, fills being prepared, other
 * prescriptions that may still be filled, what went to another pharmacy and is not used up, and medicines from elsewhere. $2 is the prescription being judged (0: none),
 * left out with its own fills, for a medicine does not interact with its own refill.
 */
const CURRENT_MEDICINES = `
  select m.drug_id as "drugId", m.ingredient_id as "ingredientId", m.text, trim_scale(m.dose_amount)::text as "doseAmount",
    m.dose_unit as "doseUnit", trim_scale(m.frequency_per_day)::text as "frequencyPerDay", max(m.days) as days
  from (
    select r.prescription_id, f.drug_id, null::integer as ingredient_id, null::text as text, r.dose_amount, r.dose_unit, r.frequency_per_day, f.days_supply as days
    from operational.prescriptions r join operational.fills f using (prescription_id)
    where r.patient_id = $1 and r.prescription_id <> $2
      and (f.status in ('in_progress', 'verified', 'ready') or f.status = 'dispensed' and f.runs_out_on > t.today)
      and not exists (select from operational.prescription_stops s where s.prescription_id = r.prescription_id and s.stopped_on < t.today)
    union all
    select r.prescription_id, r.drug_id, null, null, r.dose_amount, r.dose_unit, r.frequency_per_day, r.days_supply
    from operational.prescriptions r
    where r.patient_id = $1 and r.prescription_id <> $2 and r.status in ('pending', 'filled') and r.expires_on >= t.today
    union all
    select r.prescription_id, r.drug_id, null, null, r.dose_amount, r.dose_unit, r.frequency_per_day, r.days_supply
    from operational.transferred_medicines x join operational.prescriptions r using (prescription_id)
    where x.patient_id = $1 and x.prescription_id <> $2 and x.taken_until >= t.today
    union all
    select null, e.drug_id, e.ingredient_id, e.medication_text, null, null, null, null
    from operational.patient_medications e
    where e.patient_id = $1 and (e.ended_on is null or e.ended_on >= t.today) and (e.started_on is null or e.started_on <= t.today)
  ) m
  group by m.prescription_id, m.drug_id, m.ingredient_id, m.text, m.dose_amount, m.dose_unit, m.frequency_per_day
  order by m.drug_id nulls last, m.ingredient_id nulls last, m.text, m.prescription_id`;

/** The person as screening takes him, from his row `p`; dates as text. */
export const PERSON = `p.birth_date::text as "birthDate", p.sex, trim_scale(p.weight_kg)::text as "weightKg",
  p.weight_recorded_on::text as "weightRecordedOn", trim_scale(p.egfr)::text as egfr, p.egfr_recorded_on::text as "egfrRecordedOn",
  trim_scale(p.creatinine_umol_l)::text as "creatinineUmolL", p.creatinine_recorded_on::text as "creatinineRecordedOn",
  p.child_pugh as "childPugh", p.child_pugh_recorded_on::text as "childPughRecordedOn", p.pregnant, p.trimester, p.due_date::text as "dueDate",
  p.pregnancy_recorded_on::text as "pregnancyRecordedOn", p.lactating, p.lactation_recorded_on::text as "lactationRecordedOn",
  p.allergy_status as "allergyStatus"`;

/**
 * Everything a screening must know of a patient ($1), in one row and so of one moment. Rests on patients_pkey,
 * patient_allergies_patient_idx, patient_conditions_patient_idx, patient_medications_patient_idx,
 * idx_prescriptions_patient and fills_number_key.
 */
export const SCREENING_FACTS = `
select /* patients.screeningFacts */ ${PERSON}, t.today::text as today, p.merged_into as "mergedInto",
  coalesce((select json_agg(json_build_object('ingredientId', a.ingredient_id, 'groupId', a.group_id, 'text', a.substance_text) order by a.allergy_id)
    from operational.patient_allergies a where a.patient_id = $1 and a.status = 'active'), '[]') as allergies,
  coalesce((select json_agg(json_build_object('icd10', c.icd10, 'name', c.name) order by c.condition_id)
    from operational.patient_conditions c where c.patient_id = $1 and c.status = 'active'), '[]') as conditions,
  coalesce((select json_agg(m) from (${CURRENT_MEDICINES}) m), '[]') as medicines
from operational.patients p
join operational.branches b using (branch_id)
cross join lateral (select (now() at time zone b.time_zone)::date as today) t
where p.patient_id = $1`;

/** Makes whoever changes what a screening rests on wait until what was judged is done, and the other way round. */
export const LOCK_FOR_SCREENING = `
select /* patients.lockForScreening */ p.merged_into as "mergedInto", p.is_deceased as "isDeceased"
from operational.patients p where p.patient_id = $1 for no key update`;
