/**
 * Ingredients by their codes. $1 systems, $2 codes, side by side. A salt answers its base; a mixture nothing, since no rule
 * knows what is in it. Rests on the primary key of ingredient_codes; the few thousand ingredients are read through for ATC.
 */
export const FIND_INGREDIENTS_BY_CODE = `
select /* coding.findIngredientsByCode */ distinct a.system, a.code, b.ingredient_id as "ingredientId", b.name
from unnest($1::text[], $2::text[]) as a (system, code)
join lateral (
  select c.ingredient_id from reference.ingredient_codes c where c.system = a.system and c.code = a.code
  union
  select x.ingredient_id from reference.ingredients x where a.system = 'atc' and x.atc_code = a.code
) found on true
join reference.ingredients i on i.ingredient_id = found.ingredient_id
join reference.ingredients b on b.ingredient_id = coalesce(i.base_ingredient_id, i.ingredient_id)
where b.kind <> 'mixture'`;

/** Ingredients by folded name ($1), their own before a synonym; salts and mixtures as above. Rests on both unique keys. */
export const FIND_INGREDIENTS_BY_NAME = `
select /* coding.findIngredientsByName */ a.folded, b.ingredient_id as "ingredientId", b.name
from unnest($1::text[]) as a (folded)
join lateral (
  select n.ingredient_id from (
    select 1 as rank, i.ingredient_id from reference.ingredients i where i.name_folded = a.folded
    union all
    select 2, s.ingredient_id from reference.ingredient_synonyms s where s.synonym_folded = a.folded
  ) n order by n.rank, n.ingredient_id limit 1
) found on true
join reference.ingredients i on i.ingredient_id = found.ingredient_id
join reference.ingredients b on b.ingredient_id = coalesce(i.base_ingredient_id, i.ingredient_id)
where b.kind <> 'mixture'`;

/** Products RxNorm imported under these concept ids ($1). Rests on drugs_source_id_key. */
export const FIND_PRODUCTS_BY_RXCUI = `
select /* coding.findProductsByRxcui */ d.source_id as key, d.drug_id as "drugId", d.name
from reference.drugs d where d.source = 'rxnorm-prescribable' and d.source_id = any ($1::text[])`;

/** Products of exactly this folded name ($1), only where there is one and all its ingredients are known. Rests on drugs_name_prefix_idx. */
export const FIND_PRODUCTS_BY_NAME = `
select /* coding.findProductsByName */ d.name_folded as key, min(d.drug_id) as "drugId", min(d.name) as name
from reference.drugs d where d.name_folded = any ($1::text[])
group by d.name_folded having count(*) = 1 and min(d.ingredient_status) = 'linked'`;

/** Barcodes stored under these 14-digit keys ($1), with their products. Rests on the unique key of gtin. */
export const FIND_BARCODES = `
select /* coding.findBarcodes */ b.drug_id as "drugId", b.code, b.gtin, b.kind, d.name
from reference.drug_barcodes b join reference.drugs d using (drug_id) where b.gtin = any ($1::text[])`;
