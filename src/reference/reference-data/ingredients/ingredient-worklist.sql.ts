/**
 * Ingredient texts nobody has decided about, those with most products first: names imports did not know (unverified
 * ingredients) and lines linked to nothing. $1 part of the text, lower case ('' for all), $2 offset, $3 limit.
 * Indexes: drug_ingredients_ingredient_idx, drug_ingredients_unlinked_idx; work grows with what is open, not with the
 * catalogue. Examples are read for the page alone.
 */
export const FIND_WORKLIST = `
with /* ingredientWorklist.find */ open as (
  select i.name as text, i.ingredient_id, count(distinct l.drug_id)::integer as products
  from reference.ingredients i
  join reference.drug_ingredients l using (ingredient_id)
  where not i.verified and i.kind <> 'merged'
  group by i.ingredient_id
  union all
  select min(l.raw_text), null, count(distinct l.drug_id)::integer
  from reference.drug_ingredients l
  where l.ingredient_id is null
  group by lower(l.raw_text)
), page as (
  select *, count(*) over ()::integer as total, sum(products) over ()::integer as "totalProducts"
  from open
  where $1 = '' or strpos(lower(text), $1) > 0
  order by products desc, text, ingredient_id
  offset $2 limit $3
)
select p.text as "rawText", p.ingredient_id as "ingredientId", p.products, p.total, p."totalProducts",
  (select coalesce(jsonb_agg(e), '[]') from (
    select d.drug_id as "drugId", d.name, d.active_raw as "activeRaw"
    from reference.drug_ingredients l join reference.drugs d using (drug_id)
    where (p.ingredient_id is not null and l.ingredient_id = p.ingredient_id)
      or (p.ingredient_id is null and l.ingredient_id is null and lower(l.raw_text) = lower(p.text))
    order by d.drug_id limit 3) e) as examples
from page p
order by p.products desc, p.text, p.ingredient_id`;

/** Changes whenever a name that texts may be linked to does. */
export const FINGERPRINT = `
select /* ingredientWorklist.fingerprint */ (select count(*) || ':' || coalesce(sum(version), 0) || ':' || coalesce(sum(ingredient_id) filter (where verified), 0) from reference.ingredients)
  || '/' || (select count(*) || ':' || coalesce(max(synonym_id), 0) || ':' || coalesce(sum(synonym_id::bigint * ingredient_id), 0) from reference.ingredient_synonyms) as fingerprint`;

/** Every name a text may be linked to, with the ingredient it means. */
export const FIND_NAMES = `
select /* ingredientWorklist.findNames */ i.name, i.ingredient_id as ingredient
from reference.ingredients i where i.verified and i.kind not in ('merged')
union all
select s.synonym, s.ingredient_id
from reference.ingredient_synonyms s join reference.ingredients i using (ingredient_id)
where i.verified and i.kind not in ('merged')`;

/** Standard names of ingredients. $1 identities. */
export const FIND_STANDARD_NAMES = `
select /* ingredientWorklist.findStandardNames */ ingredient_id as id, name, kind
from reference.ingredients where ingredient_id = any ($1::integer[])`;

/** The unverified ingredient an import made of this name, folded. $1 folded name. */
export const FIND_UNVERIFIED = `
select /* ingredientWorklist.findUnverified */ ingredient_id as id
from reference.ingredients where name_folded = $1 and not verified and kind <> 'merged'`;
