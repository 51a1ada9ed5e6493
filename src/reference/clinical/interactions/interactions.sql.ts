import { shownVersions } from '../rules/rule-page.sql.js';

/** interaction rules by code; q looks into the code and the names of both sides. See RuleKind.pageSql. */
export const INTERACTIONS_PAGE = `
with /* clinical.findInteractions */ found as materialized (
  select r.id, r.code, r.version, r.source, r.valid_from as "validFrom", r.valid_to as "validTo", r.severity, r.mechanism, r.description,
    r.management, r.evidence, r.routes_a as "aRoutes", r.routes_b as "bRoutes",
    jsonb_build_object('kind', split_part(r.subject_a, ':', 1), 'id', coalesce(r.drug_a_id, r.ingredient_a_id, r.group_a_id),
      'name', coalesce(da.name, ia.name, ga.name), 'groupCode', ga.code) as a,
    jsonb_build_object('kind', split_part(r.subject_b, ':', 1), 'id', coalesce(r.drug_b_id, r.ingredient_b_id, r.group_b_id),
      'name', coalesce(db.name, ib.name, gb.name), 'groupCode', gb.code) as b
  from reference.drug_interactions r
  left join reference.drugs da on da.drug_id = r.drug_a_id
  left join reference.ingredients ia on ia.ingredient_id = r.ingredient_a_id
  left join reference.ingredient_groups ga on ga.group_id = r.group_a_id
  left join reference.drugs db on db.drug_id = r.drug_b_id
  left join reference.ingredients ib on ib.ingredient_id = r.ingredient_b_id
  left join reference.ingredient_groups gb on gb.group_id = r.group_b_id
  where ${shownVersions('drug_interactions')}
    and ($1::text is null or r.code ilike $1 or coalesce(da.name, ia.name, ga.name) ilike $1
      or coalesce(db.name, ib.name, gb.name) ilike $1 or ga.code ilike $1 or gb.code ilike $1)
), page as (
  select * from found order by code, id desc limit $2 offset $3
)
select (select count(*)::int from found) as total,
  coalesce((select jsonb_agg(to_jsonb(page) order by page.code, page.id desc) from page), '[]') as data`;
