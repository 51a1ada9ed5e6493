import { shownVersions } from '../rules/rule-page.sql.js';

/** contraindications by code; q looks into the code, the subject, the condition and its ICD-10 code. See RuleKind.pageSql. */
export const CONTRAINDICATIONS_PAGE = `
with /* clinical.findContraindications */ found as materialized (
  select r.id, r.code, r.version, r.source, r.valid_from as "validFrom", r.valid_to as "validTo", r.kind, r.icd10, r.condition_name as "conditionName",
    r.sex, r.age_min_months as "ageMinMonths", r.age_max_months as "ageMaxMonths", trim_scale(r.egfr_below)::text as "egfrBelow",
    r.child_pugh_from as "childPughFrom", r.trimesters, trim_scale(r.weight_min_kg)::text as "weightMinKg",
    trim_scale(r.weight_max_kg)::text as "weightMaxKg", r.routes, r.forms, r.severity, r.evidence, r.message, r.management,
    jsonb_build_object('kind', case when r.group_id is null then 'ingredient' else 'group' end,
      'id', coalesce(r.ingredient_id, r.group_id), 'name', coalesce(i.name, g.name), 'groupCode', g.code) as subject
  from reference.contraindications r
  left join reference.ingredients i on i.ingredient_id = r.ingredient_id
  left join reference.ingredient_groups g on g.group_id = r.group_id
  where ${shownVersions('contraindications')}
    and ($1::text is null or r.code ilike $1 or coalesce(i.name, g.name) ilike $1 or g.code ilike $1
      or r.condition_name ilike $1 or r.icd10 ilike $1)
), page as (
  select * from found order by code, id desc limit $2 offset $3
)
select (select count(*)::int from found) as total,
  coalesce((select jsonb_agg(to_jsonb(page) order by page.code, page.id desc) from page), '[]') as data`;
