import { shownVersions } from '../rules/rule-page.sql.js';

/** allergy rules by code; q looks into the code and the names of both sides. See RuleKind.pageSql. */
export const ALLERGY_RULES_PAGE = `
with /* clinical.findAllergyRules */ found as materialized (
  select r.id, r.code, r.version, r.source, r.valid_from as "validFrom", r.valid_to as "validTo", r.severity, r.evidence, r.message, r.management,
    jsonb_build_object('kind', case when r.allergen_group_id is null then 'ingredient' else 'group' end,
      'id', coalesce(r.allergen_ingredient_id, r.allergen_group_id), 'name', coalesce(ai.name, ag.name), 'groupCode', ag.code) as allergen,
    jsonb_build_object('kind', case when r.cross_group_id is null then 'ingredient' else 'group' end,
      'id', coalesce(r.cross_ingredient_id, r.cross_group_id), 'name', coalesce(ci.name, cg.name), 'groupCode', cg.code) as "cross"
  from reference.allergy_rules r
  left join reference.ingredients ai on ai.ingredient_id = r.allergen_ingredient_id
  left join reference.ingredient_groups ag on ag.group_id = r.allergen_group_id
  left join reference.ingredients ci on ci.ingredient_id = r.cross_ingredient_id
  left join reference.ingredient_groups cg on cg.group_id = r.cross_group_id
  where ${shownVersions('allergy_rules')}
    and ($1::text is null or r.code ilike $1 or coalesce(ai.name, ag.name) ilike $1 or coalesce(ci.name, cg.name) ilike $1
      or ag.code ilike $1 or cg.code ilike $1)
), page as (
  select * from found order by code, id desc limit $2 offset $3
)
select (select count(*)::int from found) as total,
  coalesce((select jsonb_agg(to_jsonb(page) order by page.code, page.id desc) from page), '[]') as data`;
