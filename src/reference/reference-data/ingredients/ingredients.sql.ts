/**
 * A page of ingredients found by name or synonym, those that start with it first, with synonyms and group codes.
 * $1 folded text ('' for all), $2 verified or null, $3 offset, $4 limit. Some 2,000 rows: a scan of the list is
 * cheaper than any index on it (3 ms).
 */
export const FIND_PAGE = `
select /* ingredients.findPage */ i.ingredient_id as id, i.name, i.name_ar as "nameAr", i.atc_code as "atcCode", i.verified,
  i.source, i.version, count(*) over ()::integer as total,
  coalesce(
    (select jsonb_agg(jsonb_build_object('synonym', s.synonym, 'kind', s.kind) order by s.synonym, s.synonym_id)
     from reference.ingredient_synonyms s
     where s.ingredient_id = i.ingredient_id), '[]') as synonyms,
  coalesce(
    (select jsonb_agg(g.code order by g.code)
     from reference.ingredient_group_members m
     join reference.ingredient_groups g using (group_id)
     where m.ingredient_id = i.ingredient_id), '[]') as "groupCodes"
from reference.ingredients i
left join lateral (
  select bool_or(starts_with(s.synonym_folded, $1)) as starts, count(*) > 0 as contains
  from reference.ingredient_synonyms s
  where s.ingredient_id = i.ingredient_id and strpos(s.synonym_folded, $1) > 0
) s on $1 <> ''
where ($1 = '' or strpos(i.name_folded, $1) > 0 or s.contains)
  and ($2::boolean is null or i.verified = $2)
order by $1 <> '' and not starts_with(i.name_folded, $1), $1 <> '' and not coalesce(s.starts, false), i.name_folded, i.ingredient_id
offset $3 limit $4`;

/** One ingredient with its synonyms and group codes. $1 its identity. */
export const FIND_ONE = `
select /* ingredients.findOne */ i.ingredient_id as id, i.name, i.name_ar as "nameAr", i.atc_code as "atcCode", i.verified,
  i.source, i.version,
  coalesce(
    (select jsonb_agg(jsonb_build_object('synonym', s.synonym, 'kind', s.kind) order by s.synonym, s.synonym_id)
     from reference.ingredient_synonyms s
     where s.ingredient_id = i.ingredient_id), '[]') as synonyms,
  coalesce(
    (select jsonb_agg(g.code order by g.code)
     from reference.ingredient_group_members m
     join reference.ingredient_groups g using (group_id)
     where m.ingredient_id = i.ingredient_id), '[]') as "groupCodes"
from reference.ingredients i
where i.ingredient_id = $1`;

/** Drops the synonyms of an ingredient ($1) whose folded form is not among $2. */
export const DELETE_OTHER_SYNONYMS = `
delete /* ingredients.deleteOtherSynonyms */ from reference.ingredient_synonyms
where ingredient_id = $1 and synonym_folded <> all ($2::text[])`;

/** Corrects the spelling and kind of synonyms that stay; their source and confidence stay too. $1 ingredient, $2–$4 columns. */
export const UPDATE_SYNONYMS = `
update /* ingredients.updateSynonyms */ reference.ingredient_synonyms s
set synonym = given.synonym, kind = given.kind
from unnest($2::text[], $3::text[], $4::text[]) as given (synonym, synonym_folded, kind)
where s.ingredient_id = $1 and s.synonym_folded = given.synonym_folded
  and (s.synonym, s.kind) is distinct from (given.synonym, given.kind)`;

/** Adds the synonyms that are new. A synonym of another ingredient violates the unique key: one name, one ingredient. */
export const INSERT_SYNONYMS = `
insert /* ingredients.insertSynonyms */ into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, source)
select $1, given.synonym, given.synonym_folded, given.kind, 'manual'
from unnest($2::text[], $3::text[], $4::text[]) as given (synonym, synonym_folded, kind)
where not exists (
  select from reference.ingredient_synonyms s where s.ingredient_id = $1 and s.synonym_folded = given.synonym_folded)`;

/** Names among $2 (folded) that another ingredient than $1 bears as its standard name or synonym. */
export const FIND_TAKEN_NAMES = `
select /* ingredients.findTakenNames */ i.name
from reference.ingredients i
where i.name_folded = any ($2::text[]) and i.ingredient_id <> $1
union all
select s.synonym
from reference.ingredient_synonyms s
where s.synonym_folded = any ($2::text[]) and s.ingredient_id <> $1
limit 5`;

/** Takes an ingredient ($1) out of every group whose code is not among $2. */
export const DELETE_OTHER_GROUPS = `
delete /* ingredients.deleteOtherGroups */ from reference.ingredient_group_members m
using reference.ingredient_groups g
where m.group_id = g.group_id and m.ingredient_id = $1 and g.code <> all ($2::text[])`;

/** Puts an ingredient ($1) into the groups of the codes $2. */
export const INSERT_GROUPS = `
insert /* ingredients.insertGroups */ into reference.ingredient_group_members (ingredient_id, group_id)
select $1, g.group_id
from reference.ingredient_groups g
where g.code = any ($2::text[])
on conflict do nothing`;

/** Which of the codes $1 are groups. */
export const FIND_GROUP_CODES = `
select /* ingredients.findGroupCodes */ code from reference.ingredient_groups where code = any ($1::text[])`;
