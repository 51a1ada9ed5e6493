/** Names of verified ingredients: their own, synonyms, Arabic. A salt and a merged one are what stands for them. */
export const FIND_SUBJECT_NAMES = `
select /* ruleImports.findNames */ n.alias, n.own as "isOwn", coalesce(b.ingredient_id, i.ingredient_id) as "ingredientId", coalesce(b.name, i.name) as name
from (
  select ingredient_id, name as alias, true as own from reference.ingredients where verified
  union all
  select ingredient_id, name_ar, false from reference.ingredients where verified and name_ar is not null
  union all
  select s.ingredient_id, s.synonym, false from reference.ingredient_synonyms s join reference.ingredients v using (ingredient_id) where v.verified
) n
join reference.ingredients i using (ingredient_id)
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id`;

/** Codes of other systems, the ATC code of the ingredient itself among them. */
export const FIND_SUBJECT_CODES = `
select /* ruleImports.findCodes */ c.system, c.code, coalesce(b.ingredient_id, i.ingredient_id) as "ingredientId", coalesce(b.name, i.name) as name
from (
  select system, code, ingredient_id from reference.ingredient_codes
  union
  select 'atc', atc_code, ingredient_id from reference.ingredients where atc_code is not null
) c
join reference.ingredients i using (ingredient_id)
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
where i.verified`;

export const FIND_SUBJECT_IDS = `
select /* ruleImports.findIds */ i.ingredient_id as id, coalesce(b.ingredient_id, i.ingredient_id) as "ingredientId", coalesce(b.name, i.name) as name
from reference.ingredients i
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id`;

export const FIND_SUBJECT_GROUPS = `
select /* ruleImports.findGroups */ group_id as "groupId", code, name from reference.ingredient_groups order by group_id`;

export const FIND_ROUTES = `
select /* ruleImports.findRoutes */ name from reference.routes`;

/** The only ingredient of products ($1 ids); null where there is not just one known. */
export const FIND_PRODUCTS = `
select /* ruleImports.findProducts */ d.drug_id as "drugId",
  case when d.ingredient_status = 'linked' and count(distinct coalesce(b.ingredient_id, i.ingredient_id)) = 1 then min(coalesce(b.ingredient_id, i.ingredient_id)) end as "ingredientId",
  coalesce(min(coalesce(b.name, i.name)), '') as name
from reference.drugs d
left join reference.drug_ingredients l using (drug_id)
left join reference.ingredients i using (ingredient_id)
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
where d.drug_id = any ($1::int[])
group by d.drug_id, d.ingredient_status`;
