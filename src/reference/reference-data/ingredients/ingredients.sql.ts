/** An ingredient with what stands around it; the same columns for a page and for one. */
const COLUMNS = `
  i.ingredient_id as id, i.name, i.name_ar as "nameAr", i.atc_code as "atcCode", i.kind, i.base_ingredient_id as "baseIngredientId",
  b.name as "baseName", trim_scale(i.base_factor)::text as "baseFactor", i.verified, i.source, i.version,
  coalesce(
    (select jsonb_agg(jsonb_build_object('synonymId', s.synonym_id, 'synonym', s.synonym, 'kind', s.kind, 'confidence', s.confidence,
       'baseFactor', trim_scale(s.base_factor)::text, 'source', s.source) order by s.synonym, s.synonym_id)
     from reference.ingredient_synonyms s
     where s.ingredient_id = i.ingredient_id), '[]') as synonyms,
  coalesce(
    (select jsonb_agg(jsonb_build_object('system', c.system, 'code', c.code) order by c.system, c.code)
     from reference.ingredient_codes c
     where c.ingredient_id = i.ingredient_id), '[]') as codes,
  coalesce(
    (select jsonb_agg(g.code order by g.code)
     from reference.ingredient_group_members m
     join reference.ingredient_groups g using (group_id)
     where m.ingredient_id = i.ingredient_id), '[]') as "groupCodes"`;

/**
 * A page of ingredients found by name, synonym or code, those that start with it first. $1 folded text ('' for all),
 * $2 the text as given (a code), $3 verified or null, $4 kind or null (merged ones only when asked for), $5 group code or
 * null, $6 order, $7 offset, $8 limit. Found ids come first and are few; what stands around them is read for the page
 * alone. Some thousand rows: a scan of the list is cheaper than any index on it.
 */
export const FIND_PAGE = `
with /* ingredients.findPage */ found as materialized (
  select i.ingredient_id, i.name_folded, coalesce(st.products, 0) as products,
    $1 <> '' and not starts_with(i.name_folded, $1) as is_later, $1 <> '' and not coalesce(s.starts, false) as is_latest,
    count(*) over ()::integer as total
  from reference.ingredients i
  left join reference.catalogue_statistics st on st.dimension = 'ingredient' and st.key = i.ingredient_id::text
  left join lateral (
    select bool_or(starts_with(s.synonym_folded, $1)) as starts, count(*) > 0 as contains
    from reference.ingredient_synonyms s
    where s.ingredient_id = i.ingredient_id and strpos(s.synonym_folded, $1) > 0
  ) s on $1 <> ''
  where ($1 = '' or strpos(i.name_folded, $1) > 0 or s.contains
      or exists (select from reference.ingredient_codes c where c.ingredient_id = i.ingredient_id and lower(c.code) = lower($2)))
    and ($3::boolean is null or i.verified = $3)
    and case when $4::text is null then i.kind <> 'merged' else i.kind = $4 end
    and ($5::text is null or exists (
      select from reference.ingredient_group_members m join reference.ingredient_groups g using (group_id)
      where m.ingredient_id = i.ingredient_id and g.code = $5))
  order by case when $6 = 'products' then coalesce(st.products, 0) when $6 = '-products' then - coalesce(st.products, 0) end,
    is_later, is_latest, case when $6 = '-name' then i.name_folded end desc, i.name_folded, i.ingredient_id
  offset $7 limit $8
)
select ${COLUMNS}, f.products, f.total
from found f
join reference.ingredients i using (ingredient_id)
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
order by case when $6 = 'products' then f.products when $6 = '-products' then - f.products end,
  f.is_later, f.is_latest, case when $6 = '-name' then f.name_folded end desc, f.name_folded, i.ingredient_id`;

/** One ingredient with its synonyms, codes and groups. $1 its identity. */
export const FIND_ONE = `
select /* ingredients.findOne */ ${COLUMNS}
from reference.ingredients i
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
where i.ingredient_id = $1`;

/** Drops the synonyms of an ingredient ($1) whose folded form is not among $2. */
export const DELETE_OTHER_SYNONYMS = `
delete /* ingredients.deleteOtherSynonyms */ from reference.ingredient_synonyms
where ingredient_id = $1 and synonym_folded <> all ($2::text[])`;

const GIVEN = `from unnest($2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[]) as given (synonym, synonym_folded, kind, confidence, base_factor)`;

/** Corrects synonyms that stay; their source stays too, and their confidence unless one is given. $1 ingredient, $2–$6 columns. */
export const UPDATE_SYNONYMS = `
update /* ingredients.updateSynonyms */ reference.ingredient_synonyms s
set synonym = given.synonym, kind = given.kind, confidence = coalesce(given.confidence, s.confidence), base_factor = given.base_factor
${GIVEN}
where s.ingredient_id = $1 and s.synonym_folded = given.synonym_folded
  and (s.synonym, s.kind, s.confidence, s.base_factor)
    is distinct from (given.synonym, given.kind, coalesce(given.confidence, s.confidence), given.base_factor)`;

/** Adds the synonyms that are new, said by $7. A synonym of another ingredient violates the unique key: one name, one ingredient. */
export const INSERT_SYNONYMS = `
insert /* ingredients.insertSynonyms */ into reference.ingredient_synonyms (ingredient_id, synonym, synonym_folded, kind, confidence, base_factor, source)
select $1, given.synonym, given.synonym_folded, given.kind, coalesce(given.confidence, 1), given.base_factor, $7
${GIVEN}
where not exists (
  select from reference.ingredient_synonyms s where s.ingredient_id = $1 and s.synonym_folded = given.synonym_folded)`;

/** Drops one synonym ($2) of an ingredient ($1). */
export const DELETE_SYNONYM = `
delete /* ingredients.deleteSynonym */ from reference.ingredient_synonyms where ingredient_id = $1 and synonym_id = $2`;

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

/** Drops the codes of an ingredient ($1) that are not among $2 (systems) and $3 (codes). */
export const DELETE_OTHER_CODES = `
delete /* ingredients.deleteOtherCodes */ from reference.ingredient_codes c
where c.ingredient_id = $1
  and not exists (select from unnest($2::text[], $3::text[]) as g (system, code) where g.system = c.system and g.code = c.code)`;

/** Adds codes. One that means another ingredient violates the primary key. */
export const INSERT_CODES = `
insert /* ingredients.insertCodes */ into reference.ingredient_codes (system, code, ingredient_id, source)
select g.system, g.code, $1, 'manual'
from unnest($2::text[], $3::text[]) as g (system, code)
where not exists (select from reference.ingredient_codes c where c.ingredient_id = $1 and c.system = g.system and c.code = g.code)`;

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

/** Ingredients by identity, locked against other edits in one order. $1 identities. */
export const LOCK = `
select /* ingredients.lock */ ingredient_id as "ingredientId", name, kind, verified, version, base_ingredient_id as "baseIngredientId"
from reference.ingredients
where ingredient_id = any ($1::integer[])
order by ingredient_id
for no key update`;

/** Whether anything has this ingredient ($1) as its base. */
export const IS_BASE = `
select /* ingredients.isBase */ exists (select from reference.ingredients where base_ingredient_id = $1) as "isBase"`;

/**
 * Judges anew whether the compositions that name an ingredient ($1) are known whole: every line linked to a verified
 * ingredient. Answers how many products changed. Index: drug_ingredients_ingredient_idx.
 */
export const RECOMPUTE_STATUS_OF = `
with of_ingredient as (
  select distinct drug_id from reference.drug_ingredients where ingredient_id = $1
), judged as (
  select l.drug_id, case count(*) filter (where i.verified) when 0 then 'unlinked' when count(*) then 'linked' else 'partial' end as status
  from of_ingredient o
  join reference.drug_ingredients l using (drug_id)
  left join reference.ingredients i using (ingredient_id)
  group by l.drug_id
)
update /* ingredients.recomputeStatusOf */ reference.drugs d
set ingredient_status = j.status, version = d.version + 1, updated_at = now()
from judged j
where d.drug_id = j.drug_id and d.ingredient_status <> j.status`;
