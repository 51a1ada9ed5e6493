import { shownVersions } from '../rules/rule-page.sql.js';

/** dose limits by code; q looks into the code and the ingredient. trim_scale: '4000', not '4000.000000'. See RuleKind.pageSql. */
export const DOSAGE_GUIDELINES_PAGE = `
with /* clinical.findDosageGuidelines */ found as materialized (
  select r.id, r.code, r.version, r.source, r.valid_from as "validFrom", r.valid_to as "validTo", r.route, r.age_min_months as "ageMinMonths",
    r.age_max_months as "ageMaxMonths", trim_scale(r.max_single_dose)::text as "maxSingleDose",
    trim_scale(r.max_daily_dose)::text as "maxDailyDose", trim_scale(r.max_daily_per_kg)::text as "maxDailyPerKg",
    r.form, r.indication_icd10 as "indicationIcd10", r.indication_name as "indicationName", trim_scale(r.weight_min_kg)::text as "weightMinKg",
    trim_scale(r.weight_max_kg)::text as "weightMaxKg", trim_scale(r.egfr_below)::text as "egfrBelow",
    trim_scale(r.max_single_per_kg)::text as "maxSinglePerKg", trim_scale(r.max_course_dose)::text as "maxCourseDose",
    trim_scale(r.max_frequency_per_day)::text as "maxFrequencyPerDay", r.evidence, r.management,
    r.unit, r.max_duration_days as "maxDurationDays", r.message,
    jsonb_build_object('kind', 'ingredient', 'id', i.ingredient_id, 'name', i.name, 'groupCode', null) as subject
  from reference.dosage_guidelines r
  join reference.ingredients i on i.ingredient_id = r.ingredient_id
  where ${shownVersions('dosage_guidelines', 'false')}
    and ($1::text is null or r.code ilike $1 or i.name ilike $1)
), page as (
  select * from found order by code, id desc limit $2 offset $3
)
select (select count(*)::int from found) as total,
  coalesce((select jsonb_agg(to_jsonb(page) order by page.code, page.id desc) from page), '[]') as data`;
