/** Lists of what hangs on a patient. $1 is the patient, $2 one entry or null for all. A few rows each, by *_patient_idx. */

export const ALLERGIES = `
select /* patients.allergies */ a.allergy_id as "allergyId", a.ingredient_id as "ingredientId", a.group_id as "groupId",
  g.code as "groupCode", a.substance_text as "substanceText", coalesce(i.name, g.name, a.substance_text) as substance,
  coalesce(i.name_ar, g.name_ar) as "substanceAr", a.reaction, a.severity, a.status, a.recorded_at as "recordedAt", a.version
from operational.patient_allergies a
left join reference.ingredients i using (ingredient_id)
left join reference.ingredient_groups g using (group_id)
where a.patient_id = $1 and ($2::integer is null or a.allergy_id = $2)
order by (a.status = 'active') desc, a.allergy_id`;

export const CONDITIONS = `
select /* patients.conditions */ c.condition_id as "conditionId", c.icd10, c.name, c.onset_date as "onsetDate", c.status,
  c.recorded_at as "recordedAt", c.version
from operational.patient_conditions c
where c.patient_id = $1 and ($2::integer is null or c.condition_id = $2)
order by (c.status = 'active') desc, c.condition_id`;

export const MEDICATIONS = `
select /* patients.medications */ m.medication_id as "medicationId", m.drug_id as "drugId", m.ingredient_id as "ingredientId",
  m.medication_text as "medicationText", coalesce(d.name, i.name, m.medication_text) as name, m.dose,
  m.started_on as "startedOn", m.ended_on as "endedOn", m.recorded_at as "recordedAt", m.version
from operational.patient_medications m
left join reference.drugs d using (drug_id)
left join reference.ingredients i using (ingredient_id)
where m.patient_id = $1 and ($2::integer is null or m.medication_id = $2)
order by m.ended_on desc nulls first, m.medication_id`;

export const INSURANCE = `
select /* patients.insurance */ n.insurance_id as "insuranceId", n.payer_id as "payerId", y.name as "payerName", n.plan_id as "planId",
  coalesce(p.name, n.plan_name) as "planName",
  n.member_number as "memberNumber", n.priority, trim_scale(n.coverage_percent)::text as "coveragePercent",
  n.valid_from as "validFrom", n.valid_to as "validTo", n.version
from operational.patient_insurance n join operational.payers y using (payer_id) left join operational.payer_plans p on p.plan_id = n.plan_id
where n.patient_id = $1 and ($2::integer is null or n.insurance_id = $2)
order by n.priority, n.insurance_id`;

export const INGREDIENT_EXISTS = `
select /* patients.ingredientExists */ 1 as found from reference.ingredients where ingredient_id = $1`;
export const DRUG_EXISTS = `select /* patients.drugExists */ 1 as found from reference.drugs where drug_id = $1`;
export const PAYER_EXISTS = `
select /* patients.payerExists */ 1 as found from operational.payers where payer_id = $1 and active`;
export const FIND_GROUP = `
select /* patients.findGroup */ group_id as "groupId" from reference.ingredient_groups
where group_id = $1 or code = $2`;
