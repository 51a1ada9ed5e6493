/** Covers of a patient that are valid on a day, in the order they are asked. A few rows, by patient_insurance_patient_idx. */
export const COVERS_OF_PATIENT = `
select /* coverage.coversOfPatient */ i.insurance_id as "insuranceId", i.payer_id as "payerId", y.name as "payerName", y.name_ar as "payerNameAr"
from operational.patient_insurance i join operational.payers y using (payer_id)
where i.patient_id = $1 and (i.valid_from is null or i.valid_from <= $2) and (i.valid_to is null or i.valid_to >= $2)
order by i.priority, i.insurance_id`;

/** A cover with its payer and plan. Without a plan on record its own percentage is all that is known. */
export const COVER = `
select /* coverage.cover */ i.member_number as "memberNumber", y.member_format as "memberFormat", i.valid_from as "validFrom", i.valid_to as "validTo",
  i.coverage_percent as "coveragePercent", y.active as "payerActive", i.plan_id as "planId", p.valid_from as "planFrom", p.valid_to as "planTo",
  p.period, p.deductible, p.period_cap as "periodCap", p.claim_cap as "claimCap", p.active as "planActive"
from operational.patient_insurance i
join operational.payers y using (payer_id)
left join operational.payer_plans p using (plan_id)
where i.insurance_id = $1`;

/** Rules of a plan that are applied. Index: coverage_rules_subject_key. */
export const RULES_APPLIED = `
select /* coverage.rulesApplied */ r.rule_id as "ruleId", r.drug_id as "drugId", r.ingredient_id as "ingredientId", r.atc_prefix as "atcPrefix", r.covered,
  r.payer_percent as "payerPercent", r.copay, r.claim_cap as "claimCap", r.max_unit_price as "maxUnitPrice", r.max_quantity as "maxQuantity",
  r.max_days_supply as "maxDaysSupply", r.refill_after_share as "refillAfterShare", r.needs_authorisation as "needsAuthorisation"
from operational.coverage_rules r where r.plan_id = $1 and r.active`;

/** Authorisations of a cover on a day, with what their standing claims took. Index: prior_authorisations_number_key, claims_authorisation_idx. */
export const AUTHORISATIONS_ON = `
select /* coverage.authorisationsOn */ a.authorisation_id as "authorisationId", a.drug_id as "drugId", a.ingredient_id as "ingredientId",
  a.atc_prefix as "atcPrefix", a.valid_from as "validFrom", a.valid_to as "validTo", a.quantity,
  coalesce((select sum(f.quantity) from operational.claims c join operational.fills f using (fill_id)
    where c.authorisation_id = a.authorisation_id and c.status in ('adjudicated', 'paid')), 0)::text as used
from operational.prior_authorisations a
where a.insurance_id = $1 and not a.withdrawn and $2 between a.valid_from and a.valid_to`;

/** What a cover has had in a period. Index: claims_period_idx. */
export const USED = `
select /* coverage.used */ coalesce(sum(c.deductible_applied), 0)::text as deductible, coalesce(sum(c.payer_share), 0)::text as payer
from operational.claims c where c.insurance_id = $1 and c.period_from = $2 and c.status in ('adjudicated', 'paid')`;

/** The last answered claim for a product on a cover before a fill; parts of the same fill number ($3, $4) are not another supply. */
export const LAST_SUPPLY = `
select /* coverage.lastSupply */ c.service_date as "serviceDate", f.days_supply as "daysSupply"
from operational.claims c join operational.fills f using (fill_id)
where c.insurance_id = $1 and f.drug_id = $2 and c.status in ('adjudicated', 'paid')
  and (f.prescription_id, f.fill_number) is distinct from ($3::integer, $4::smallint)
order by c.service_date desc, c.claim_id desc limit 1`;

/** What a product is to coverage rules: its ingredients with what they are salts of, and its ATC codes. */
export const MEDICINE = `
select /* coverage.medicine */ d.drug_id as "drugId",
  array(select distinct x.id from reference.drug_ingredients l join reference.ingredients i using (ingredient_id)
    cross join lateral (values (i.ingredient_id), (i.base_ingredient_id)) x (id) where l.drug_id = d.drug_id and x.id is not null) as "ingredientIds",
  array(select distinct x.code from (select d.atc_code as code union all select i.atc_code from reference.drug_ingredients l
    join reference.ingredients i using (ingredient_id) where l.drug_id = d.drug_id) x where x.code is not null) as "atcCodes"
from reference.drugs d where d.drug_id = $1`;
